import type { DialectManifest } from '../dialect.js';
import { ParseError } from '../sql/parse-error.js';
import { parse } from '../sql/parser.js';
import { quotedTexts } from '../sql/quoted-texts.js';
import type { Template } from '../template.js';
import { type Draft, finishTemplate } from '../templates/draft.js';
import { abstractNames } from './abstract-names.js';
import { abstractValues } from './abstract-values.js';
import { columnSlots } from './column-use.js';
import type { Originals } from './refill.js';
import { countLoss, type Losses, SeedRefusal, type SeedReason } from './refusal.js';
import { readSchema, type SeedSchema, type SpiderRow, type SpiderSchema } from './spider.js';
import { transpileDraft } from './transpile.js';

export interface ExtractionReport {
  rows: number;
  /** Rows that gave a template. */
  extracted: number;
  templates: number;
  skeletons: number;
  /** Rows that gave none, by reason. */
  failed: Partial<Record<SeedReason, number>>;
}

export interface Extraction {
  /** Most frequent first. */
  templates: Template[];
  report: ExtractionReport;
  /** What `report.failed` counts, with an example of each as it was written. */
  losses: Losses;
}

export interface ExtractionDialects {
  /** The dialect that the queries are written in: SQLite's manifest for Spider. */
  source: DialectManifest;
  /** The dialect that the templates are for; default the source. */
  target?: DialectManifest;
}

/**
 * Extracts seeds: reads each query, puts typed slots where tables, columns and values are, makes it legal in the target dialect, and counts
 * equal ones together. What gives no seed is counted by reason; nothing is dropped silently.
 */
export function extractSeeds(
  rows: readonly SpiderRow[],
  schemas: readonly SpiderSchema[],
  { source, target = source }: ExtractionDialects,
): Extraction {
  const known = new Map(schemas.map((schema) => [schema.db_id, readSchema(schema)]));
  const failed: ExtractionReport['failed'] = {};
  const losses: Losses = {};
  const drafts = new Map<string, { draft: Draft; count: number }>();
  for (const row of rows) {
    const draft = draftOfRow(row, known, source, target);
    if (typeof draft === 'string') {
      failed[draft] = (failed[draft] ?? 0) + 1;
      countLoss(losses, draft, row.query);
      continue;
    }
    const key = JSON.stringify(draft);
    const same = drafts.get(key);
    if (same === undefined) drafts.set(key, { draft, count: 1 });
    else same.count += 1;
  }
  const templates = countTogether([...drafts.values()].map(({ draft, count }) => finishSeed(draft, target, count)));
  const extracted = templates.reduce((sum, template) => sum + template.count, 0);
  const skeletons = new Set(templates.map((template) => template.skeleton)).size;
  return {
    templates,
    report: { rows: rows.length, extracted, templates: templates.length, skeletons, failed },
    losses,
  };
}

/** Equal templates as one, with the sum of their counts; most frequent first. */
function countTogether(templates: readonly Template[]): Template[] {
  const distinct = new Map<string, Template>();
  for (const template of templates) {
    const key = identityOf(template);
    const same = distinct.get(key);
    if (same === undefined) distinct.set(key, { ...template });
    else same.count += template.count;
  }
  return [...distinct.values()].sort((a, b) => b.count - a.count || (a.sql < b.sql ? -1 : 1));
}

function draftOfRow(
  row: SpiderRow,
  known: ReadonlyMap<string, SeedSchema>,
  source: DialectManifest,
  target: DialectManifest,
): Draft | SeedReason {
  const schema = known.get(row.db_id);
  if (schema === undefined) return 'unknown-database';
  try {
    return transpileDraft(abstractSeed(row.query, schema, source).draft, target);
  } catch (error) {
    if (error instanceof SeedRefusal) return error.reason;
    if (error instanceof ParseError) return 'parse-error';
    throw error;
  }
}

/** A draft of a query's template, in its own dialect, and what its slots stood for. Throws ParseError and SeedRefusal. */
export function abstractSeed(
  sql: string,
  schema: SeedSchema,
  source: DialectManifest,
): { draft: Draft; originals: Originals } {
  const names = new Set([...schema.values()].flatMap((columns) => [...columns.keys()]));
  const named = abstractNames(quotedTexts(parse(sql, source), names), schema);
  const { columns, joins } = columnSlots(named);
  const { query, values, literals } = abstractValues(named.query, columns);
  const columnNames = new Map([...named.columns].map(([id, { name }]) => [id, name]));
  return {
    draft: { query, columns, values, joins },
    originals: { tables: named.tables, columns: columnNames, values: literals },
  };
}

/** A template of the seed kind. */
export function finishSeed(draft: Draft, manifest: DialectManifest, count: number): Template {
  const template = finishTemplate(draft, manifest, { origin: 'seed', guide: null, count, teacher: 'spider' });
  const number = (slot: { id: string }) => Number(slot.id.slice(1));
  return {
    ...template,
    columns: template.columns.sort((a, b) => number(a) - number(b)),
    values: template.values.sort((a, b) => number(a) - number(b)),
  };
}

/** Two seeds are the same where text, types and roles are. */
function identityOf({ sql, columns, values }: Template): string {
  return JSON.stringify([
    sql,
    columns.map((slot) => [slot.type, slot.role, slot.path]),
    values.map((slot) => [slot.use, slot.form]),
  ]);
}
