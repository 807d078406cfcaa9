import type { Expr } from '../../sql/ast.js';
import { binary, isNull } from '../../templates/build.js';
import type { Rule } from '../rule.js';
import type { Shape } from '../shape.js';

const comparison = (operator: string): Rule => ({
  name: `filter ${operator}`,
  brings: ['WHERE'],
  applies: canFilter,
  apply(editor) {
    const measure = editor.column('number', 'measure');
    editor.where(binary(measure, operator, editor.value('threshold', measure)));
  },
});

/** A further condition where at most one is there yet; not beside a subquery, whose own conditions are enough. */
function canFilter(base: Shape): boolean {
  return (
    base.select !== null &&
    base.tables.length > 0 &&
    base.filters < 2 &&
    base.query.ctes.length === 0 &&
    !base.hasWindow
  );
}

const fresh = (base: Shape): boolean => canFilter(base) && base.filters === 0;

function pattern(
  name: string,
  use: 'prefix' | 'suffix' | 'infix',
  form: string,
  operator = 'LIKE',
  negated = false,
): Rule {
  return {
    name: `filter ${name}`,
    brings: [operator, ...(negated ? [`NOT ${operator}`] : [])],
    applies: fresh,
    apply(editor) {
      const operand = editor.column('text', 'label');
      editor.where({
        kind: 'like',
        operator,
        operand,
        pattern: editor.value(use, operand, form),
        escape: null,
        negated,
      });
    },
  };
}

/** `operator` GLOB or ILIKE where the dialect has it. */
export function patternRules(operators: string[]): Rule[] {
  return operators.flatMap((operator) => {
    const any = operator === 'GLOB' ? '*' : '%';
    return [
      pattern(`${operator} prefix`, 'prefix', `{}${any}`, operator),
      pattern(`${operator} infix`, 'infix', `${any}{}${any}`, operator),
      pattern(`${operator} suffix`, 'suffix', `${any}{}`, operator),
      pattern(`NOT ${operator} infix`, 'infix', `${any}{}${any}`, operator, true),
    ];
  });
}

export const filterRules: Rule[] = [
  {
    name: 'filter category',
    brings: ['WHERE'],
    weight: 4,
    applies: canFilter,
    apply(editor) {
      const column = editor.column('text', 'category');
      editor.where(binary(column, '=', editor.value('existing', column)));
    },
  },
  {
    name: 'filter category not',
    brings: ['WHERE'],
    applies: fresh,
    apply(editor) {
      const column = editor.column('text', 'category');
      editor.where(binary(column, '<>', editor.value('existing', column)));
    },
  },
  ...['>', '<', '>=', '<='].map(comparison),
  ...(['>', '<', '>=', '<='] as const).map((operator): Rule => ({
    name: `filter date ${operator}`,
    brings: ['WHERE'],
    applies: fresh,
    apply(editor) {
      const column = editor.column('date', 'time');
      editor.where(binary(column, operator, editor.value('threshold', column)));
    },
  })),
  ...(['number', 'date'] as const).map((type): Rule => ({
    name: `filter between ${type}`,
    brings: ['BETWEEN'],
    applies: fresh,
    apply(editor) {
      const operand = editor.column(type, type === 'number' ? 'measure' : 'time');
      const low = editor.value('threshold', operand);
      editor.where({ kind: 'between', operand, low, high: editor.value('threshold', operand), negated: false });
    },
  })),
  ...([false, true] as const).map((negated): Rule => ({
    name: negated ? 'filter not in list' : 'filter in list',
    brings: negated ? ['NOT IN'] : ['IN'],
    applies: fresh,
    apply(editor) {
      const operand = editor.column('text', 'category');
      const list = [editor.value('existing', operand), editor.value('existing', operand)];
      editor.where({ kind: 'in', operand, list, query: null, unnest: null, negated });
    },
  })),
  ...([false, true] as const).map((negated): Rule => ({
    name: negated ? 'filter known' : 'filter missing',
    brings: [negated ? 'IS NOT NULL' : 'IS NULL'],
    applies: fresh,
    apply(editor) {
      editor.where(isNull(editor.column('other', 'any', 'nullable'), negated));
    },
  })),
  ...([false, true] as const).map((negated): Rule => ({
    name: `filter ${negated ? 'known' : 'missing'} in one word`,
    brings: [negated ? 'NOTNULL' : 'ISNULL'],
    needs: [negated ? 'NOTNULL' : 'ISNULL'],
    applies: fresh,
    apply(editor) {
      editor.where({ ...isNull(editor.column('other', 'any', 'nullable'), negated), oneWord: true });
    },
  })),
  ...([true, false] as const).map((value): Rule => ({
    name: `filter flag ${value}`,
    brings: value ? ['WHERE'] : ['NOT'],
    applies: fresh,
    apply(editor) {
      const flag = editor.column('boolean', 'category');
      editor.where(value ? flag : { kind: 'unary', operator: 'NOT', operand: flag });
    },
  })),
  {
    name: 'filter or',
    brings: ['OR'],
    applies: fresh,
    apply(editor) {
      const category = editor.column('text', 'category');
      const measure = editor.column('number', 'measure');
      const left: Expr = binary(category, '=', editor.value('existing', category));
      editor.where(binary(left, 'OR', binary(measure, '>', editor.value('threshold', measure))));
    },
  },
  {
    name: 'filter or same column',
    brings: ['OR'],
    applies: fresh,
    apply(editor) {
      const category = editor.column('text', 'category');
      const is = (): Expr => binary(category, '=', editor.value('existing', category));
      editor.where(binary(is(), 'OR', is()));
    },
  },
];
