import type { Expr } from '../sql/ast.js';
import { expressions, rewrite } from '../sql/walk.js';
import type { ColumnSlot, ValueSlot } from '../template.js';
import { isLiteral, type Lexicon, matchPhrase } from '../verbalise/phrase.js';
import type { NamedColumn, TemplateSlots } from './template-slots.js';
import { Unsupported } from './unsupported.js';

/** Makes the literals of a statement slots, by what they are compared with or by the phrase that names them. */
export class LiteralSlots {
  /** The one key of each JSON column that the template reaches. */
  private readonly keys = new Map<string, string>();

  constructor(
    private readonly slots: TemplateSlots,
    private readonly lexicon: Lexicon,
  ) {}

  /** Literals that are compared with a column become value slots; the others belong to the idiom and stay. */
  of(expr: Expr): Expr {
    return rewrite(expr, (node) => {
      if (node.kind === 'binary' && /^(=|<>|!=|<|<=|>|>=)$/.test(node.operator)) return this.comparison(node);
      if (node.kind === 'between') {
        const [column, use] = this.subject(node.operand);
        if (column === undefined || !isValue(node.low) || !isValue(node.high)) return node;
        return {
          ...node,
          low: this.slots.value(column, use ?? 'threshold', undefined, node.low),
          high: this.slots.value(column, use ?? 'threshold', undefined, node.high),
        };
      }
      if (node.kind === 'cast' && /int|num|real|float|dec/i.test(node.type)) {
        const slot = this.columnIn(new Map([['x', node.operand]]));
        if (slot?.type === 'json' && slot.path === 'any') slot.path = /int/i.test(node.type) ? 'integer' : 'number';
      }
      if (node.kind === 'case' && node.operand !== null) {
        const [column] = this.subject(node.operand);
        return column === undefined
          ? node
          : {
              ...node,
              whens: node.whens.map((arm) =>
                isValue(arm.when) ? { ...arm, when: this.slots.value(column, 'existing', undefined, arm.when) } : arm,
              ),
            };
      }
      if (node.kind === 'is' && node.right !== null && isValue(node.right)) {
        const [column] = this.subject(node.operand);
        return column === undefined
          ? node
          : { ...node, right: this.slots.value(column, 'existing', undefined, node.right) };
      }
      if (node.kind === 'in' && node.query === null && node.unnest === null) {
        const [column] = this.subject(node.operand);
        return column === undefined || !node.list.every(isValue)
          ? node
          : { ...node, list: node.list.map((item) => this.slots.value(column, 'existing', undefined, item)) };
      }
      if (node.kind === 'like' && node.pattern.kind === 'string' && node.escape === null) return this.pattern(node);
      return this.holeLiterals(node as Expr);
    }) as Expr;
  }

  /** Literals that a phrase names by their use (`{path}`, `{key}`, `{existing}`, `{prefix}`, …) become slots of the column beside them. */
  private holeLiterals(node: Expr): Expr {
    const match = this.match(node);
    if (match === null) return node;
    if (match.phrase.filter === 'count') this.expectElements(node);
    const column = this.columnIn(match.holes);
    if (column === undefined) return node;
    const slots = new Map<string, Expr>();
    for (const [name, literal] of match.holes) {
      const use = useOfHole(name);
      if (use === null || literal.kind === 'placeholder' || literal.kind === 'column') continue;
      if (use === 'json-key') {
        const path = literal.kind === 'string' ? literal.value : '';
        const key = path.replace(/^\$\./, '');
        if (!/^\w+$/.test(key) || (column.path !== undefined && this.keys.get(column.id) !== key))
          throw new Unsupported('constant-path');
        column.path ??= match.phrase.under ?? 'any';
        this.keys.set(column.id, key);
        slots.set(
          JSON.stringify(literal),
          this.slots.value(column.id, use, path.startsWith('$.') ? '$.{}' : '{}', literal),
        );
      } else {
        const lower = [...match.holes.values()].some((hole) => hole.kind === 'call' && /^lower$/i.test(hole.name));
        slots.set(JSON.stringify(literal), this.slots.value(column.id, use, lower ? '{lower}' : undefined, literal));
      }
    }
    return slots.size === 0 ? node : (rewrite(node, (part) => slots.get(JSON.stringify(part)) ?? part) as Expr);
  }

  /** A JSON column that is taken apart without a path must hold arrays. */
  expectElements(call: Expr): void {
    const source = call.kind === 'call' ? call.args[0] : undefined;
    const slot = this.slots.columnOf(source);
    if (slot?.type === 'json' && slot.path === undefined) slot.path = 'elements';
  }

  private match(node: Expr) {
    const typeOf = (part: Expr): ColumnSlot['type'] => this.slots.columnOf(part)?.type ?? 'other';
    return matchPhrase(this.lexicon, node, typeOf);
  }

  /** The first column slot in the holes, also below a function. */
  private columnIn(holes: ReadonlyMap<string, Expr>): NamedColumn | undefined {
    for (const hole of holes.values()) {
      for (const part of expressions(hole)) {
        const slot = this.slots.columnOf(part);
        if (slot !== undefined) return slot;
      }
    }
    return undefined;
  }

  private comparison(node: Extract<Expr, { kind: 'binary' }>): Expr {
    if (node.left.kind === 'column' && node.right.kind === 'column') {
      this.slots.join(node.left, node.right);
      return node;
    }
    if (node.right.kind === 'quantified') return this.holeLiterals(node);
    if (node.right.kind === 'collate' && isValue(node.right.operand)) {
      const compared = this.comparison({ ...node, right: node.right.operand }) as typeof node;
      return { ...node, right: { ...node.right, operand: compared.right } };
    }
    if (!isValue(node.right)) return node;
    const equal = /^(=|<>|!=)$/.test(node.operator);
    const [column, use, form] = this.subject(node.left);
    if (use !== undefined) return { ...node, right: this.slots.value(column ?? null, use, form, node.right) };
    if (column === undefined || node.right.kind === 'boolean') return node;
    return { ...node, right: this.slots.value(column, equal ? 'existing' : 'threshold', undefined, node.right) };
  }

  /** What a compared expression takes its values from: a column, or by what the phrase for it says. */
  private subject(expr: Expr): [column: string | undefined, use?: ValueSlot['use'], form?: string] {
    if (expr.kind === 'cast') {
      const slot = this.columnIn(new Map([['x', expr.operand]]));
      if (slot?.type === 'json' && slot.path !== undefined) return [slot.id];
    }
    if (expr.kind === 'collate') return this.subject(expr.operand);
    if (expr.kind === 'column') return [this.slots.columnOf(expr)?.id];
    if (expr.kind === 'call' && /^count$/i.test(expr.name)) return [undefined, 'count'];
    const match = this.match(expr);
    const id = match === null ? undefined : this.columnIn(match.holes)?.id;
    if (match?.phrase.filter !== undefined)
      return [id, match.phrase.filter, match.phrase.returns === 'text' ? 'text' : undefined];
    if (
      match !== null &&
      match.phrase.kind === undefined &&
      [...match.holes.keys()].some((name) => useOfHole(name) === 'json-key')
    )
      return [id];
    if (match?.phrase.kind === 'aggregate' && match.phrase.returns === 'number' && id !== undefined)
      return [id, 'threshold'];
    return [undefined];
  }

  private pattern(node: Extract<Expr, { kind: 'like' }>): Expr {
    if (node.pattern.kind !== 'string' || node.operand.kind !== 'column') return node;
    const column = this.slots.columnOf(node.operand);
    if (column !== undefined && column.type !== 'text') throw new Unsupported('unsupported-shape');
    const shape = /^([%*]?)([^%*_?[\]]+)([%*]?)$/.exec(node.pattern.value);
    if (shape === null) return node;
    const [, before = '', , after = ''] = shape;
    const use = before !== '' && after !== '' ? 'infix' : after !== '' ? 'prefix' : before !== '' ? 'suffix' : null;
    return use === null
      ? node
      : { ...node, pattern: this.slots.value(node.operand.name, use, `${before}{}${after}`, node.pattern) };
  }
}

/** How a literal hole's value is made; null where the guide's own literal stays. */
export function useOfHole(name: string): ValueSlot['use'] | null {
  const base = name.replace(/\d$/, '');
  if (base === 'path' || base === 'key') return 'json-key';
  if (base === 'element') return 'existing';
  return base === 'prefix' || base === 'suffix' || base === 'infix' ? base : null;
}

const isValue = (expr: Expr): boolean => isLiteral(expr) && !['word', 'interval', 'placeholder'].includes(expr.kind);
