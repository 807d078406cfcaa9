import type { DatabaseSchema, FunctionSignature } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import { createRandom, type Random } from '../sampling/random.js';
import type { Guide, Template } from '../template.js';
import { column, query, select, table } from '../templates/build.js';
import type { Draft } from '../templates/draft.js';
import { commonPhrases } from '../verbalise/common-phrases.js';
import { compileLexicon, type DialectPhrases, type Lexicon } from '../verbalise/phrase.js';
import { abstractStatement } from './abstract.js';
import { Collection, type ExpandReason } from './collection.js';
import { type Coverage, coverageOf } from './coverage.js';
import { type Example, examplesOf, learnIdioms, shownIn } from './idioms.js';
import { Rewriting } from './rewriting.js';
import { RuleChoice } from './rule-choice.js';
import { rulesFor } from './rules.js';

export const offlineTeacher = 'offline';

export interface ExpandInput {
  manifest: DialectManifest;
  phrases: DialectPhrases;
  /** The database that the guides' examples are over; every template must fill and read on it. */
  examples: DatabaseSchema;
  seeds: Template[];
  guides: Guide[];
  /** What the engine reports; empty where it reports nothing. */
  functions: FunctionSignature[];
  /** Templates wanted, those of seeds and guides included. */
  target: number;
  seed: string | number;
  /** Skeletons that are there already. */
  exclude?: Iterable<string>;
  /** Stops when of the last rewritings a smaller share was new; 0.02 where absent. */
  minYield?: number;
}

export interface ExpandResult {
  templates: Template[];
  rejects: Partial<Record<ExpandReason, number>>;
  /** Constructs without words, by how often they were met: what to give words next. */
  unreadable: Record<string, number>;
  coverage: Coverage;
}

/** Shares of the target that seeds and guides' whole statements may fill; the grammar makes the rest. */
const seedShare = 0.35;
const guideShare = 0.3;
/** Rewritings over which the yield is measured. */
const yieldWindow = 1000;
/** Templates between two steps. */
const step = 50;

/**
 * The offline teacher's expansion: templates from seeds and from the guides' examples, then new ones by rewriting, the least
 * covered keywords and functions first. No model; the same input gives the same templates.
 */
export function expandTemplates(input: ExpandInput): ExpandResult {
  const steps = expandSteps(input);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same in steps of at most some fifty templates, each yielding how many there are: whoever drives it can do other work between them. */
export function* expandSteps(input: ExpandInput): Generator<number, ExpandResult> {
  const expansion = new Expansion(input);
  yield* expansion.run();
  return expansion.result();
}

class Expansion {
  private readonly lexicon: Lexicon;
  private readonly random: Random;
  private readonly collection: Collection;
  private readonly rewriting: Rewriting;

  constructor(private readonly input: ExpandInput) {
    const { manifest, phrases, examples, exclude = [], seed } = input;
    this.lexicon = compileLexicon(manifest, phrases, commonPhrases);
    this.random = createRandom(`${seed}/expand/${manifest.name}`);
    this.collection = new Collection({ manifest, lexicon: this.lexicon, examples, random: this.random, exclude });
    this.rewriting = new Rewriting(this.collection, this.random, offlineTeacher);
  }

  *run(): Generator<number, void> {
    const { target, guides, manifest } = this.input;
    const { templates } = this.collection;
    this.addRoot();
    yield* this.addSeeds(Math.round(target * seedShare));
    const { examples, failures } = examplesOf(guides, manifest);
    for (let i = 0; i < failures; i += 1) this.collection.reject('parse-error');
    yield* this.addExamples(examples, templates.length + Math.round(target * guideShare));
    yield* this.rewriteUntil(target, examples);
  }

  result(): ExpandResult {
    const { templates, rejects, unreadable } = this.collection;
    return {
      templates,
      rejects: Object.fromEntries(rejects),
      unreadable: Object.fromEntries([...unreadable].sort(([, a], [, b]) => b - a)),
      coverage: coverageOf(templates, this.input.guides),
    };
  }

  /** The smallest statement: the grammar has something to start from even without seeds. */
  private addRoot(): void {
    const draft: Draft = {
      query: query(select([column('C1')], table('T1'))),
      columns: [{ id: 'C1', table: 'T1', type: 'text', role: 'label' }],
      values: [],
      joins: [],
    };
    const origin = { origin: 'expanded', guide: null, count: 1, teacher: offlineTeacher } as const;
    this.rewriting.add(this.collection.accept(draft, origin), 0);
  }

  private *addSeeds(limit: number): Generator<number, void> {
    const { templates } = this.collection;
    const seeds = [...this.input.seeds].sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
    for (const seed of seeds) {
      if (templates.length >= limit) return;
      if (seed.dialect !== this.input.manifest.name) {
        this.collection.reject('other-dialect');
        continue;
      }
      const origin = { origin: 'seed', guide: null, count: seed.count, teacher: offlineTeacher } as const;
      this.rewriting.add(this.collection.accept(seed, origin), 1);
      if (templates.length % step === 0) yield templates.length;
    }
  }

  /** One example of each guide in turn, so that every guide is heard before any is heard out. */
  private *addExamples(examples: Example[], limit: number): Generator<number, void> {
    const { templates } = this.collection;
    const byGuide = new Map<string, Example[]>();
    for (const example of examples) byGuide.set(example.guide.id, [...(byGuide.get(example.guide.id) ?? []), example]);
    const queues = [...byGuide.values()].map((queue) => this.random.shuffle(queue));
    while (queues.some((queue) => queue.length > 0) && templates.length < limit) {
      for (const queue of queues) {
        const example = queue.shift();
        if (example === undefined || templates.length >= limit) continue;
        this.addExample(example);
      }
      yield templates.length;
    }
  }

  private addExample({ query: statement, guide }: Example): void {
    const abstraction = abstractStatement(statement, this.input.examples, this.lexicon);
    if (abstraction.outcome === 'rejected') {
      this.collection.reject(abstraction.reason);
      return;
    }
    const origin = { origin: 'guide', guide: guide.id, count: 1, teacher: offlineTeacher } as const;
    this.rewriting.add(this.collection.accept(abstraction.draft, origin, guide), 2);
  }

  private *rewriteUntil(target: number, examples: Example[]): Generator<number, void> {
    const { manifest, functions, phrases, minYield = 0.02 } = this.input;
    const { templates, counts } = this.collection;
    const idioms = learnIdioms(examples, this.lexicon, functions, manifest);
    const shown = new Set([...manifest.distinctiveKeywords, ...shownIn(examples)]);
    const rules = rulesFor(idioms, Object.keys(phrases.patternNotes), shown);
    const choice = new RuleChoice(rules, counts, new Set(manifest.distinctiveKeywords), this.random);
    let [tries, made] = [0, 0];
    let told = templates.length;
    while (templates.length < target) {
      const rule = choice.next();
      if (rule === null) return;
      const result = this.rewriting.apply(rule);
      choice.note(rule, result.outcome);
      tries += result.tries;
      if (result.outcome === 'made') made += 1;
      if (tries >= yieldWindow) {
        if (made < tries * minYield) return;
        [tries, made] = [0, 0];
        yield templates.length;
      } else if (templates.length >= told + step) {
        told = templates.length;
        yield told;
      }
    }
  }
}
