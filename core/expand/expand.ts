import type { DatabaseSchema, FunctionSignature } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import { fillTemplate } from '../populate/fill.js';
import { createRandom, type Random } from '../sampling/random.js';
import { skeleton } from '../sql/skeleton.js';
import { calls } from '../sql/walk.js';
import type { Guide, Template } from '../template.js';
import { column, query, select, table } from '../templates/build.js';
import { type Draft, finishTemplate, type TemplateOrigin } from '../templates/draft.js';
import { commonPhrases } from '../verbalise/common-phrases.js';
import { compileLexicon, type DialectPhrases, type Lexicon } from '../verbalise/phrase.js';
import { verbalise } from '../verbalise/verbalise.js';
import { abstractStatement, type AbstractionReason } from './abstract.js';
import { type Coverage, coverageOf, KeywordCounts } from './coverage.js';
import { Editor } from './editor.js';
import { examplesOf, learnIdioms } from './idioms.js';
import type { Rule } from './rule.js';
import { combinationRules } from './rules/combinations.js';
import { filterRules, patternRules } from './rules/filters.js';
import { idiomRules } from './rules/idioms.js';
import { joinRules } from './rules/joins.js';
import { outputRules } from './rules/outputs.js';

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
}

export type ExpandReason =
  | AbstractionReason
  | 'parse-error'
  | 'unverifiable'
  | 'no-columns'
  | 'no-values'
  | 'unreadable'
  | 'same-skeleton'
  | 'not-taught'
  | 'other-dialect';

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
/** Rewritings that a template may be away from what it started as. */
const maxDepth = 3;

/**
 * The offline teacher's expansion: templates from seeds and from the guides' examples, then new ones by rewriting, the least
 * covered keywords and functions first. No model; the same input gives the same templates.
 */
export function expandTemplates(input: ExpandInput): ExpandResult {
  return new Expansion(input).run();
}

class Expansion {
  private readonly lexicon: Lexicon;
  private readonly random: Random;
  private readonly templates: Template[] = [];
  private readonly depth = new Map<string, number>();
  private readonly skeletons: Set<string>;
  private readonly readings = new Set<string>();
  private readonly counts = new KeywordCounts();
  private readonly rejects = new Map<ExpandReason, number>();
  private readonly unreadable = new Map<string, number>();

  constructor(private readonly input: ExpandInput) {
    this.lexicon = compileLexicon(input.manifest, input.phrases, commonPhrases);
    this.random = createRandom(`${input.seed}/expand/${input.manifest.name}`);
    this.skeletons = new Set(input.exclude ?? []);
  }

  run(): ExpandResult {
    const { target, guides, manifest } = this.input;
    this.addRoot();
    this.addSeeds(Math.round(target * seedShare));
    const { examples, failures } = examplesOf(guides, manifest);
    for (let i = 0; i < failures; i += 1) this.reject('parse-error');
    this.addExamples(examples, this.templates.length + Math.round(target * guideShare));
    this.rewriteUntil(target, this.rules(examples));
    return {
      templates: this.templates,
      rejects: Object.fromEntries(this.rejects),
      unreadable: Object.fromEntries([...this.unreadable].sort(([, a], [, b]) => b - a)),
      coverage: coverageOf(this.templates, guides),
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
    this.accept(draft, { origin: 'expanded', guide: null, count: 1, teacher: offlineTeacher }, 0);
  }

  private addSeeds(limit: number): void {
    const seeds = [...this.input.seeds].sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
    for (const seed of seeds) {
      if (this.templates.length >= limit) return;
      if (seed.dialect !== this.input.manifest.name) {
        this.reject('other-dialect');
        continue;
      }
      this.accept(seed, { origin: 'seed', guide: null, count: seed.count, teacher: offlineTeacher }, 1);
    }
  }

  /** One example of each guide in turn, so that every guide is heard before any is heard out. */
  private addExamples(examples: ReturnType<typeof examplesOf>['examples'], limit: number): void {
    const byGuide = new Map<string, typeof examples>();
    for (const example of examples) byGuide.set(example.guide.id, [...(byGuide.get(example.guide.id) ?? []), example]);
    const queues = [...byGuide.values()].map((queue) => this.random.shuffle(queue));
    while (queues.some((queue) => queue.length > 0) && this.templates.length < limit) {
      for (const queue of queues) {
        const example = queue.shift();
        if (example === undefined || this.templates.length >= limit) continue;
        const abstraction = abstractStatement(example.query, this.input.examples, this.lexicon);
        if (abstraction.outcome === 'rejected') this.reject(abstraction.reason);
        else
          this.accept(
            abstraction.draft,
            { origin: 'guide', guide: example.guide.id, count: 1, teacher: offlineTeacher },
            2,
            example.guide,
          );
      }
    }
  }

  private rules(examples: ReturnType<typeof examplesOf>['examples']): Rule[] {
    const { manifest, functions, phrases } = this.input;
    const idioms = learnIdioms(examples, this.lexicon, functions, manifest);
    return [
      ...outputRules,
      ...filterRules,
      ...patternRules(Object.keys(phrases.patternNotes)),
      ...joinRules,
      ...combinationRules,
      ...idioms.flatMap(idiomRules),
    ];
  }

  private rewriteUntil(target: number, rules: Rule[]): void {
    const tried = new Map<Rule, number>();
    const dryLimit = 40 + rules.length * 3;
    let dry = 0;
    while (this.templates.length < target && dry < dryLimit) {
      const rule = this.leastCovered(rules, tried);
      const made = this.rewriteOne(rule);
      tried.set(rule, (tried.get(rule) ?? 0) + (made ? 1 : 0.5));
      dry = made ? 0 : dry + 1;
    }
  }

  /** Rules that bring a keyword nobody has yet come first, structure before functions; then those used seldom. Chance breaks ties. */
  private leastCovered(rules: Rule[], tried: Map<Rule, number>): Rule {
    let best: Rule | null = null;
    let lowest = Infinity;
    for (const rule of rules) {
      const rarest = this.counts.rarest(rule.brings);
      const unseen = rule.brings.length > 0 && rarest === 0 ? (rule.idiom === undefined ? 1 : 0.3) : 0;
      const used = (tried.get(rule) ?? 0) / (rule.weight ?? 1);
      const score = used - unseen + Math.min(rarest, 20) / 40 + this.random.next() * 0.6;
      if (score < lowest) {
        lowest = score;
        best = rule;
      }
    }
    return best!;
  }

  private rewriteOne(rule: Rule): boolean {
    const bases = this.random
      .shuffle(this.templates.filter((template) => this.depth.get(template.id)! < maxDepth))
      .sort((a, b) => this.depth.get(a.id)! - this.depth.get(b.id)! + (this.random.next() - 0.5) * 2);
    let attempts = 0;
    for (const base of bases) {
      const editor = new Editor(base, this.random);
      if (!rule.applies(editor)) continue;
      attempts += 1;
      if (attempts > 4) return false;
      rule.apply(editor);
      const origin: TemplateOrigin = {
        origin: 'expanded',
        guide: rule.idiom?.guide ?? base.guide,
        count: 1,
        teacher: offlineTeacher,
      };
      if (this.accept(editor.draft, origin, this.depth.get(base.id)! + 1)) return true;
    }
    return false;
  }

  /** Takes a draft in when it is new, fills on the examples' database and has words; counts the reason otherwise. */
  private accept(draft: Draft, origin: TemplateOrigin, depth: number, guide?: Guide): boolean {
    const { manifest } = this.input;
    const excluded = new Set(manifest.unverifiable.map((name) => name.toUpperCase()));
    if (calls(draft.query).some((call) => excluded.has(call.name.toUpperCase()))) return this.reject('unverifiable');
    const template = finishTemplate(draft, manifest, origin);
    const reading = sortedSkeleton(template, manifest);
    if (this.skeletons.has(template.skeleton) || this.readings.has(reading)) return this.reject('same-skeleton');
    if (guide !== undefined && !teaches(guide, template)) return this.reject('not-taught');
    const reason = this.unfit(template);
    if (reason !== null) return this.reject(reason);
    this.skeletons.add(template.skeleton);
    this.readings.add(reading);
    this.templates.push(template);
    this.counts.add(template);
    this.depth.set(template.id, depth);
    return true;
  }

  private unfit(template: Template): ExpandReason | null {
    const random = this.random.fork(template.id);
    let reason: ExpandReason | null = 'no-columns';
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const filled = fillTemplate({ template, schema: this.input.examples, manifest: this.input.manifest, random });
      if (filled.outcome === 'rejected') {
        reason = filled.reason;
        continue;
      }
      const spoken = verbalise({
        query: filled.query,
        schema: this.input.examples,
        lexicon: this.lexicon,
        random,
        style: 'imperative',
      });
      if (spoken.outcome === 'read') return null;
      this.unreadable.set(spoken.part, (this.unreadable.get(spoken.part) ?? 0) + 1);
      return 'unreadable';
    }
    return reason;
  }

  private reject(reason: ExpandReason): false {
    this.rejects.set(reason, (this.rejects.get(reason) ?? 0) + 1);
    return false;
  }
}

/** The skeleton without regard to the order of the outputs: a question names keys and aggregates, not which stands first. */
function sortedSkeleton({ query, skeleton: own }: Template, manifest: DialectManifest): string {
  const { body } = query;
  if (body.kind !== 'select' || body.items.length < 2) return own;
  return body.items
    .map((item) => skeleton({ ...query, body: { ...body, items: [item] } }, manifest))
    .sort()
    .join(' | ');
}

function teaches(guide: Guide, template: Template): boolean {
  if (guide.teaches.length === 0) return true;
  const used = new Set(template.keywords);
  return guide.teaches.some(
    (word) => used.has(word.toUpperCase()) || template.sql.toUpperCase().includes(word.toUpperCase()),
  );
}
