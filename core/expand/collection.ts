import type { DatabaseSchema } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import { fillTemplate } from '../populate/fill.js';
import type { Random } from '../sampling/random.js';
import { skeleton } from '../sql/skeleton.js';
import type { Query } from '../sql/ast.js';
import { calls } from '../sql/walk.js';
import type { Guide, Template } from '../template.js';
import { type Draft, finishTemplate, type TemplateOrigin } from '../templates/draft.js';
import type { Lexicon } from '../verbalise/phrase.js';
import { verbalise } from '../verbalise/verbalise.js';
import type { AbstractionReason } from './unsupported.js';
import { KeywordCounts, uses } from './coverage.js';

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

interface CollectionInput {
  manifest: DialectManifest;
  lexicon: Lexicon;
  /** The database on which every template must fill and read. */
  examples: DatabaseSchema;
  random: Random;
  /** Skeletons that are there already. */
  exclude: Iterable<string>;
}

/** The templates made so far. Takes in what is new, fills and has words, and counts by reason what is not. */
export class Collection {
  readonly templates: Template[] = [];
  readonly counts = new KeywordCounts();
  readonly rejects = new Map<ExpandReason, number>();
  /** Constructs without words, by how often they were met. */
  readonly unreadable = new Map<string, number>();
  private readonly skeletons: Set<string>;
  private readonly excluded: Set<string>;

  constructor(private readonly input: CollectionInput) {
    this.skeletons = new Set(input.exclude);
    this.excluded = new Set(input.manifest.unverifiable.map((name) => name.toUpperCase()));
  }

  /** The template that a draft makes, or null with the reason counted. With a guide it must use what the guide teaches. */
  accept(draft: Draft, origin: TemplateOrigin, guide?: Guide): Template | null {
    const { manifest } = this.input;
    if (calls(draft.query).some((call) => this.excluded.has(call.name.toUpperCase())))
      return this.reject('unverifiable');
    // The skeleton of the draft is the template's: so nothing more is made of what is there already.
    const readings = [skeleton(draft.query, manifest), sortedSkeleton(draft.query, manifest)];
    if (readings.some((reading) => this.skeletons.has(reading))) return this.reject('same-skeleton');
    const template = finishTemplate(draft, manifest, origin);
    if (guide !== undefined && !uses(template, guide)) return this.reject('not-taught');
    const reason = this.unfit(template);
    if (reason !== null) return this.reject(reason);
    readings.forEach((reading) => this.skeletons.add(reading));
    this.templates.push(template);
    this.counts.add(template);
    return template;
  }

  reject(reason: ExpandReason): null {
    this.rejects.set(reason, (this.rejects.get(reason) ?? 0) + 1);
    return null;
  }

  private unfit(template: Template): ExpandReason | null {
    const { examples, manifest, lexicon } = this.input;
    const random = this.input.random.fork(template.id);
    let reason: ExpandReason | null = 'no-columns';
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const filled = fillTemplate({ template, schema: examples, manifest, random });
      if (filled.outcome === 'rejected') {
        reason = filled.reason;
        continue;
      }
      const spoken = verbalise({ query: filled.query, schema: examples, lexicon, random, style: 'imperative' });
      if (spoken.outcome === 'read') return null;
      this.unreadable.set(spoken.part, (this.unreadable.get(spoken.part) ?? 0) + 1);
      return 'unreadable';
    }
    return reason;
  }
}

/** The skeleton without regard to the order of the outputs: a question names keys and aggregates, not which stands first. */
function sortedSkeleton(query: Query, manifest: DialectManifest): string {
  const { body } = query;
  if (body.kind !== 'select' || body.items.length < 2) return skeleton(query, manifest);
  return body.items
    .map((item) => skeleton({ ...query, body: { ...body, items: [item] } }, manifest))
    .sort()
    .join(' | ');
}
