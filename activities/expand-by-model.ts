import { abstractStatement } from '../core/expand/abstract.js';
import { fillTemplate } from '../core/populate/fill.js';
import { createRandom } from '../core/sampling/random.js';
import { guard } from '../core/sql/guard.js';
import type { Guide, Template } from '../core/template.js';
import { finishTemplate } from '../core/templates/draft.js';
import { commonPhrases } from '../core/verbalise/common-phrases.js';
import { compileLexicon } from '../core/verbalise/phrase.js';
import { dialects } from '../dialects/registry.js';
import type { ModelClient } from '../adapters/llm/model-client.js';
import { askForStatements, type ExpandJob } from '../adapters/llm/teacher.js';
import { exampleDatabase } from './example-database.js';
import type { Expansion } from './expand.js';
import type { ExpandInput } from './expand-offline.js';

/** Statements that a reply brings, on average: so many fewer questions are asked. */
const statementsPerReply = 2;
/** Words of a guide that a question names as not used so far. */
const wantedWords = 6;

/** A model as teacher: it rewrites seeds as a guide teaches, the guides that taught least and the words not used so far first. */
export async function expandByModel(client: ModelClient, input: ExpandInput): Promise<Expansion> {
  const { dialect, seeds, known, wanted, seed } = input;
  const { manifest, phrases } = dialects[dialect]!;
  const schema = exampleDatabase(dialect);
  const lexicon = compileLexicon(manifest, phrases, commonPhrases);
  const jobs = chooseJobs(input, Math.ceil(wanted / statementsPerReply));
  const answers = await askForStatements(client, { manifest, schema, jobs, seed });

  const expansion: Expansion = { templates: known.length === 0 ? [...seeds] : [], rejects: {} };
  const skeletons = new Set([...known, ...seeds].map((template) => template.skeleton));
  const reject = (reason: string): void => {
    expansion.rejects[reason] = (expansion.rejects[reason] ?? 0) + 1;
  };
  for (const answer of answers) {
    if ('invalid' in answer) {
      reject('invalid-reply');
      continue;
    }
    for (const sql of answer.statements) {
      const guarded = guard(sql, manifest);
      if (guarded.outcome === 'refused') {
        reject(guarded.reason);
        continue;
      }
      const abstraction = abstractStatement(guarded.query, schema, lexicon);
      if (abstraction.outcome === 'rejected') {
        reject(abstraction.reason);
        continue;
      }
      const template = finishTemplate(abstraction.draft, manifest, {
        ...{ origin: 'expanded', guide: answer.job.guide.id, count: 1, teacher: client.model },
      });
      if (skeletons.has(template.skeleton)) reject('same-skeleton');
      else if (!teaches(answer.job.guide, template)) reject('not-taught');
      else {
        skeletons.add(template.skeleton);
        expansion.templates.push(template);
      }
    }
  }
  return expansion;
}

/**
 * The questions of a round, those of one guide after another: what they have in common is then in a server's prompt cache.
 * Every seed is filled in over the example tables, so that the model sees a statement and not a template.
 */
export function chooseJobs(
  { dialect, seeds, guides, known, seed }: Omit<ExpandInput, 'wanted' | 'functions'>,
  count: number,
): ExpandJob[] {
  const { manifest } = dialects[dialect]!;
  const schema = exampleDatabase(dialect);
  const random = createRandom(`${seed}/expand/${dialect}/${known.length}`);
  const taught = new Map<string, number>();
  for (const { guide } of known) if (guide) taught.set(guide, (taught.get(guide) ?? 0) + 1);
  const used = new Set([...seeds, ...known].flatMap((template) => template.keywords));
  const byNeed = random
    .shuffle(guides)
    .sort((a, b) => (taught.get(a.id) ?? 0) - (taught.get(b.id) ?? 0))
    .slice(0, count);
  const filled = random.shuffle(seeds).flatMap((template) => {
    const outcome = fillTemplate({ template, schema, manifest, random });
    return outcome.outcome === 'filled' ? [outcome.sql] : [];
  });
  if (filled.length === 0) return [];
  let taken = 0;
  return byNeed.flatMap((guide, place) => {
    const unused = guide.teaches.filter((word) => !used.has(word));
    const share = Math.floor(count / byNeed.length) + (place < count % byNeed.length ? 1 : 0);
    return Array.from({ length: share }, () => ({
      ...{ guide, sql: filled[taken++ % filled.length]! },
      wanted: random.shuffle(unused).slice(0, wantedWords),
    }));
  });
}

function teaches(guide: Guide, { keywords, sql }: Template): boolean {
  const text = sql.toUpperCase();
  return (
    guide.teaches.length === 0 ||
    guide.teaches.some((word) => keywords.includes(word) || text.includes(word.toUpperCase()))
  );
}
