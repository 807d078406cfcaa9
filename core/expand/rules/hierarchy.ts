import type { Expr, Query } from '../../sql/ast.js';
import { ascending, binary, call, isNull, join, number, query, select, star, table } from '../../templates/build.js';
import type { Editor } from '../editor.js';
import type { Rule } from '../rule.js';
import { countByParent, filterOnParent } from './by-parent.js';
import type { Shape } from '../shape.js';

const plain = (base: Shape): boolean => base.isPlain && base.width === 1 && base.filters === 0;

/** A table beside itself along a key that refers to it: employees and their managers. */
function twinRule(name: string, make: (editor: Editor, slot: string) => void, type: 'inner' | 'left' = 'inner'): Rule {
  return {
    name: `self join ${name}`,
    brings: [type === 'left' ? 'LEFT JOIN' : 'JOIN'],
    applies: plain,
    apply(editor) {
      editor.qualify();
      const twin = editor.twin('t2');
      editor.join(twin, type);
      make(editor, twin.slot);
    },
  };
}

const both = (editor: Editor, slot: string): void => {
  const name = editor.column('text', 'label') as Extract<Expr, { kind: 'column' }>;
  editor.put(name, { ...name, table: 't2' });
  void slot;
};

/** The same column of the row and of the row that it refers to. */
function compared(operator: string, role: 'measure' | 'time') {
  return (editor: Editor): void => {
    const column = editor.column(role === 'time' ? 'date' : 'number', role) as Extract<Expr, { kind: 'column' }>;
    editor.where(binary(column, operator, { ...column, table: 't2' }));
  };
}

const step: Expr = { kind: 'column', table: 't2', name: 'n' };
const label = (alias: string | null): Expr => ({ kind: 'column', table: alias, name: 'label' });

/** WITH RECURSIVE step1 AS (the rows that refer to none, then those that refer to them, level by level). */
function levels(name: string, outer: (editor: Editor) => Partial<Query> & { body: Query['body'] }): Rule {
  return {
    name: `levels ${name}`,
    brings: ['WITH RECURSIVE', 'UNION ALL'],
    needs: ['WITH RECURSIVE'],
    applies: plain,
    apply(editor) {
      const { slot } = editor.tables[0]!;
      const twin = editor.twin('t2');
      const reference = { ...twin.own, table: 't1' } as Expr;
      const key = { ...twin.other, table: null } as Expr;
      const shown = editor.column('text', 'label');
      const root = select([key, shown, number(0)], table(slot), {
        where: isNull({ ...reference, table: null } as Expr),
      });
      root.items = root.items.map((item, index) => ({ ...item, alias: ['value', 'label', 'n'][index]! }));
      const next = select(
        [{ ...key, table: 't1' } as Expr, { ...shown, table: 't1' } as Expr, binary(step, '+', number(1))],
        join(
          table(slot, 't1'),
          table('step1', 't2'),
          binary(reference, '=', { kind: 'column', table: 't2', name: 'value' }),
        ),
      );
      const { body, ...rest } = outer(editor);
      editor.draft.query = query(body, {
        ...rest,
        recursive: true,
        ctes: [
          {
            name: 'step1',
            columns: [],
            query: query({ kind: 'set', operator: 'UNION', all: true, left: root, right: next }),
          },
        ],
      });
    },
  };
}

const n: Expr = { kind: 'column', table: null, name: 'n' };

export const hierarchyRules: Rule[] = [
  twinRule('showing both', both),
  twinRule('showing both, also those without', both, 'left'),
  twinRule('comparing measures', compared('>', 'measure')),
  twinRule('comparing measures the other way', compared('<', 'measure')),
  twinRule('comparing dates', compared('<', 'time')),
  twinRule('with a filter on what is referred to', filterOnParent),
  twinRule('counting', countByParent),
  levels('of all', () => ({ body: select([label(null), n], table('step1')) })),
  levels('counted', () => ({
    body: select([n, call('COUNT', [star()])], table('step1'), { groupBy: [{ kind: 'expr', expr: n }] }),
    orderBy: [ascending(n)],
  })),
  levels('at a depth', (editor) => ({
    body: select([label(null)], table('step1'), { where: binary(n, '=', editor.value('count')) }),
  })),
  levels('deepest', () => ({ body: select([call('MAX', [n])], table('step1')) })),
];
