import type { DialectManifest } from '../dialect.js';
import { stableId } from '../sampling/random.js';
import type { Query } from '../sql/ast.js';
import { hardness } from '../sql/hardness.js';
import { keywordsOf } from '../sql/keywords.js';
import { print } from '../sql/printer.js';
import { skeleton } from '../sql/skeleton.js';
import { rewrite, walk } from '../sql/walk.js';
import type { ColumnSlot, JoinSlot, Template, ValueSlot } from '../template.js';

/** A template while it is made: a tree with the slots' ids as names, and what is known of each slot. */
export interface Draft {
  query: Query;
  columns: ColumnSlot[];
  values: ValueSlot[];
  joins: JoinSlot[];
}

export interface TemplateOrigin {
  origin: Template['origin'];
  guide: string | null;
  count: number;
  teacher: string;
}

const tableSlot = /^T\d+$/;
const columnSlot = /^C\d+$/;

/** The slots that the tree uses, in the order in which it does. */
export function slotsInTree(query: Query): { tables: string[]; columns: string[]; values: string[] } {
  const tables = new Set<string>();
  const columns = new Set<string>();
  const values = new Set<string>();
  walk(query, (node) => {
    if (node.kind === 'table' && tableSlot.test(node.name[0] ?? '')) tables.add(node.name[0]!);
    if (node.kind === 'column' && columnSlot.test(node.name)) columns.add(node.name);
    if (node.kind === 'placeholder') values.add(node.id);
  });
  return { tables: [...tables], columns: [...columns], values: [...values] };
}

/** Numbers the slots by their first use, drops those that are not used, and describes the result. */
export function finishTemplate(draft: Draft, manifest: DialectManifest, origin: TemplateOrigin): Template {
  const used = slotsInTree(draft.query);
  const number = (ids: string[], letter: string): Map<string, string> =>
    new Map(ids.map((id, index) => [id, `${letter}${index + 1}`]));
  const tables = number(used.tables, 'T');
  const columns = number(used.columns, 'C');
  const values = number(used.values, 'V');
  const query = rewrite(draft.query, (node) => {
    if (node.kind === 'table') return { ...node, name: node.name.map((part) => tables.get(part) ?? part) };
    if (node.kind === 'column') return { ...node, name: columns.get(node.name) ?? node.name };
    if (node.kind === 'placeholder') return { ...node, id: values.get(node.id) ?? node.id };
    return node;
  });
  const sql = print(query, manifest, { template: true });
  return {
    id: stableId(manifest.name, sql),
    dialect: manifest.name,
    sql,
    query,
    tables: [...tables.values()],
    columns: draft.columns
      .filter((slot) => columns.has(slot.id))
      .map((slot) => ({ ...slot, id: columns.get(slot.id)!, table: tables.get(slot.table) ?? slot.table })),
    values: draft.values
      .filter((slot) => values.has(slot.id))
      .map((slot) => ({
        ...slot,
        id: values.get(slot.id)!,
        column: slot.column === null ? null : (columns.get(slot.column) ?? null),
      })),
    joins: draft.joins
      .filter((join) => columns.has(join.left) && columns.has(join.right))
      .map((join) => ({ left: columns.get(join.left)!, right: columns.get(join.right)! })),
    skeleton: skeleton(query, manifest),
    hardness: hardness(query),
    keywords: keywordsOf(query),
    ...origin,
  };
}

/** A template's parts as a draft, to make another from. */
export function draftOf(template: Template): Draft {
  return structuredCloneOf({
    query: template.query,
    columns: template.columns,
    values: template.values,
    joins: template.joins,
  });
}

// Plain data only, and core has no host functions to lean on.
const structuredCloneOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
