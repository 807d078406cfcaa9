import type { DatabaseSchema } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import { createRandom, stableId } from '../sampling/random.js';
import type { Hardness, Pair, Template } from '../template.js';
import { commonPhrases } from '../verbalise/common-phrases.js';
import { compileLexicon, type DialectPhrases } from '../verbalise/phrase.js';
import { verbalise } from '../verbalise/verbalise.js';
import { styles } from '../verbalise/voice.js';
import { fillTemplate } from './fill.js';

export interface PopulateInput {
  manifest: DialectManifest;
  phrases: DialectPhrases;
  templates: Template[];
  schemas: DatabaseSchema[];
  /** Pairs wanted over all templates and databases. */
  count: number;
  seed: string | number;
  /** At least so many pairs of each template that the databases allow, before frequent shapes get more; 1 where absent. */
  minFillsPerTemplate?: number;
  /** Harder templates are left out. */
  maxHardness?: Hardness;
}

export interface PopulateProgress {
  pairs: Pair[];
  rejects: Record<string, number>;
}

const order: Hardness[] = ['easy', 'medium', 'hard', 'extra'];

/**
 * Pairs from templates and databases, in batches, the same for the same input. Templates take turns: every template gets its
 * minimum, then common and short shapes get more than rare and long ones. No question is asked twice of one database: a second
 * statement with the same words would make the words ambiguous.
 */
export function* populatePairs(input: PopulateInput, batch = 100): Generator<PopulateProgress> {
  const lexicon = compileLexicon(input.manifest, input.phrases, commonPhrases);
  const usable = input.templates.filter(
    (template) => order.indexOf(template.hardness) <= order.indexOf(input.maxHardness ?? 'extra'),
  );
  const asked = new Map<string, string>();
  const statements = new Map<string, number>();
  let pairs: Pair[] = [];
  let rejects: Record<string, number> = {};
  let made = 0;
  for (const { template, round } of turns(usable, input)) {
    const random = createRandom(`${input.seed}/${template.id}/${round}`);
    const schema = random.pick(input.schemas);
    const pair = makePair(template, schema, random, input, lexicon);
    if (typeof pair === 'string') {
      rejects[pair] = (rejects[pair] ?? 0) + 1;
      continue;
    }
    const key = `${pair.database}\u0000${pair.question.toLowerCase()}`;
    const statement = `${pair.database}\u0000${pair.sql}`;
    const before = asked.get(key);
    const times = statements.get(statement) ?? 0;
    // The same statement may be asked for in several ways, yet not so often that it drowns the others.
    const reason =
      before === undefined
        ? times >= maxPhrasings
          ? 'statement-repeated'
          : null
        : before === pair.sql
          ? 'duplicate'
          : 'ambiguous-question';
    if (reason !== null) {
      rejects[reason] = (rejects[reason] ?? 0) + 1;
      continue;
    }
    asked.set(key, pair.sql);
    statements.set(statement, times + 1);
    pairs.push(pair);
    made += 1;
    if (pairs.length >= batch || made >= input.count) {
      yield { pairs, rejects };
      pairs = [];
      rejects = {};
    }
    if (made >= input.count) return;
  }
  if (pairs.length > 0 || Object.keys(rejects).length > 0) yield { pairs, rejects };
}

/** Ways in which one statement over one database is asked for. */
const maxPhrasings = 4;

function makePair(
  template: Template,
  schema: DatabaseSchema,
  random: ReturnType<typeof createRandom>,
  input: PopulateInput,
  lexicon: ReturnType<typeof compileLexicon>,
): Pair | string {
  const filled = fillTemplate({ template, schema, manifest: input.manifest, random });
  if (filled.outcome === 'rejected') return filled.reason;
  const spoken = verbalise({ query: filled.query, schema, lexicon, random, style: random.pick(styles) });
  if (spoken.outcome === 'unreadable') return 'unreadable';
  return {
    id: stableId(schema.name, spoken.question, filled.sql),
    dialect: template.dialect,
    database: schema.name,
    question: spoken.question,
    sql: filled.sql,
    template: template.id,
    guide: template.guide,
    teacher: template.teacher,
    hardness: template.hardness,
    keywords: template.keywords,
    skeleton: template.skeleton,
  };
}

/** Whose turn it is. First `minFillsPerTemplate` rounds of all, then turns by weight; ends when far more was tried than wanted. */
function* turns(templates: Template[], input: PopulateInput): Generator<{ template: Template; round: number }> {
  const random = createRandom(`${input.seed}/turns`);
  const rounds = input.minFillsPerTemplate ?? 1;
  let round = 0;
  for (; round < rounds; round += 1) {
    for (const template of random.shuffle(templates)) yield { template, round };
  }
  const weighted = templates.flatMap((template) => Array<Template>(weightOf(template)).fill(template));
  for (let spent = 0; weighted.length > 0 && spent < input.count * 5 + 1000; round += 1) {
    for (const template of random.shuffle(weighted)) {
      round += 1;
      spent += 1;
      yield { template, round };
    }
  }
}

/** Short shapes, and shapes that people wrote often, are asked more often. */
function weightOf(template: Template): number {
  const base = { easy: 4, medium: 3, hard: 2, extra: 1 }[template.hardness];
  return template.count >= 20 ? base + 2 : base;
}
