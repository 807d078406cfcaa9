import type { Expr } from '../sql/ast.js';
import { encodeText, NotLinked, type LiteralUse } from './encode-literal.js';
import type { NumberedNames } from './encode-names.js';
import {
  columnOf,
  findColumn,
  findSource,
  outputName,
  qualifierOf,
  type Found,
  type Output,
  type Scope,
} from './encode-scope.js';
import type { Links } from './links.js';
import { sentinel } from './sentinels.js';

/** What table-valued functions call their own columns. */
const functionColumns = new Set([
  'key',
  'value',
  'type',
  'atom',
  'id',
  'parent',
  'fullkey',
  'path',
  'ordinality',
  'element',
]);

/** Rewrites what refers to a column: plain and qualified names, fields of structs, names of USING. */
export class ColumnEncoder {
  constructor(
    private readonly links: Links,
    private readonly names: NumberedNames,
  ) {}

  /** What a name refers to. A quoted name that is no column's is a text, as SQLite reads it. Throws NotLinked. */
  column(expr: Expr & { kind: 'column' }, scope: Scope, use: LiteralUse): Output | null {
    const name = expr.name.toLowerCase();
    if (expr.table !== null) return this.qualifiedColumn(expr, expr.table.toLowerCase(), name, scope);
    const found = findColumn(scope, name, this.links);
    if (found) return this.writeFound(expr, found);
    const alias = findAlias(scope, name);
    if (alias) return this.writeOutput(expr, alias);
    const source = findSource(scope, name);
    if (source) {
      this.names.later(() => (expr.name = source.aliased ? sentinel('q', source.id) : source.base!));
      return null;
    }
    if (!expr.quoted) throw new NotLinked(`the column ${expr.name}`);
    become(expr, { kind: 'string', value: encodeText(expr.name, this.links, use), prefix: '' });
    return null;
  }

  private qualifiedColumn(
    expr: Expr & { kind: 'column' },
    qualifier: string,
    name: string,
    scope: Scope,
  ): Output | null {
    const source = findSource(scope, qualifier);
    const output = source && columnOf(source, name, this.links);
    if (source && output) return this.writeFound(expr, { source, output });
    const struct = source ? null : findColumn(scope, qualifier, this.links);
    if (!struct) throw new NotLinked(`the column ${expr.table}.${expr.name}`);
    const object: Expr & { kind: 'column' } = { kind: 'column', table: null, name: '' };
    this.writeFound(object, struct);
    const field: Expr & { kind: 'field' } = { kind: 'field', object, name: expr.name };
    const found = this.field(field);
    become(expr, field);
    return found;
  }

  private writeFound(expr: Expr & { kind: 'column' }, { source, output }: Found): Output {
    this.writeOutput(expr, output);
    this.names.later(() => (expr.table = qualifierOf(source, output)));
    return output;
  }

  /** Writes the name of an output that is there to be referred to. */
  writeOutput(expr: Expr & { kind: 'column' }, output: Output): Output {
    if (output.kind === 'named') output.need();
    expr.name = outputName(output);
    delete expr.quoted;
    return output;
  }

  /** A field of a struct keeps the number that the prompt gives it. Throws NotLinked. */
  field(expr: Expr & { kind: 'field' }): Output {
    const index = this.links.fields.findIndex(({ name }) => name.toLowerCase() === expr.name.toLowerCase());
    if (index < 0) throw new NotLinked(`the field ${expr.name}`);
    expr.name = sentinel('f', index);
    return { kind: 'field', index };
  }

  /** A struct's own field keeps a name of the prompt, or is numbered as an output. */
  structField(alias: string): string {
    const index = this.links.fields.findIndex(({ name }) => name.toLowerCase() === alias.toLowerCase());
    return index >= 0 ? sentinel('f', index) : sentinel('a', this.names.nextOutput());
  }

  /** A name in USING or EXCEPT. Throws NotLinked. */
  usingName(name: string, scope: Scope): string {
    const found = findColumn(scope, name.toLowerCase(), this.links);
    if (!found) throw new NotLinked(`the column ${name}`);
    if (found.output.kind === 'named') found.output.need();
    return outputName(found.output);
  }

  /** A column that a table-valued function has of its own. */
  functionColumn(name: string): Output | null {
    const field = this.links.fields.findIndex((known) => known.name.toLowerCase() === name);
    if (field >= 0) return { kind: 'field', index: field };
    return functionColumns.has(name) ? { kind: 'literal', name } : null;
  }
}

function findAlias(scope: Scope, name: string): Output | null {
  for (let at: Scope | null = scope; at; at = at.parent) {
    const alias = at.aliases.get(name);
    if (alias) return alias;
  }
  return null;
}

/** Turns a node into another in place. */
export function become(node: Expr, other: Expr): void {
  for (const key of Object.keys(node)) delete (node as unknown as Record<string, unknown>)[key];
  Object.assign(node, other);
}
