import type { Expr, QueryBody, Select, SetOperation } from '../../sql/ast.js';
import { ascending, binary, select } from '../../templates/build.js';
import type { Editor } from '../editor.js';
import type { Rule } from '../rule.js';
import type { Shape } from '../shape.js';

type Operator = SetOperation['operator'];

const plain = (base: Shape): boolean => base.isPlain && base.width === 1 && base.filters === 0;
const listing = (editor: Editor, items: Expr[], where: Expr): Select => select(items, editor.select!.from, { where });

const isCategory = (editor: Editor): Expr => {
  const category = editor.column('text', 'category');
  return binary(category, '=', editor.value('existing', category));
};
const isBeyond = (editor: Editor): Expr => {
  const measure = editor.column('number', 'measure');
  return binary(measure, editor.random.pick(['>', '<']), editor.value('threshold', measure));
};

/** Two listings of one table under different conditions. */
function setRule(operator: Operator, all: boolean, form: 'one' | 'two' | 'ordered' | 'three'): Rule {
  const word = all ? `${operator} ALL` : operator;
  return {
    name: `${word} ${form}`,
    brings: all ? [operator, word] : [operator],
    // SQLite and GoogleSQL have ALL for UNION alone.
    needs: all && operator !== 'UNION' ? [word] : [],
    weight: form === 'one' ? 2 : 0.7,
    applies: plain,
    apply(editor) {
      const items = form === 'two' ? [editor.first, editor.column('other', 'any')] : [editor.first];
      const set = (left: QueryBody, right: QueryBody): SetOperation => ({ kind: 'set', operator, all, left, right });
      const body = set(listing(editor, items, isCategory(editor)), listing(editor, items, isBeyond(editor)));
      editor.query.body = form === 'three' ? set(body, listing(editor, items, isCategory(editor))) : body;
      // A set is ordered by what it puts out: an expression over columns is nothing that it has.
      if (form === 'ordered' && items[0]!.kind === 'column') editor.query.orderBy = [ascending(items[0])];
    },
  };
}

/** The same column of two linked tables: keys that appear in one and not, or also, in the other. */
function keySetRule(operator: Operator): Rule {
  return {
    name: `${operator} of keys`,
    brings: [operator],
    applies: plain,
    apply(editor) {
      const { source, own, other } = editor.linked('child', null);
      const left = select([own], editor.select!.from);
      editor.query.body = { kind: 'set', operator, all: false, left, right: select([other], source) };
    },
  };
}

export const setRules: Rule[] = [
  ...(['one', 'two', 'ordered', 'three'] as const).flatMap((form) => [
    setRule('UNION', false, form),
    setRule('UNION', true, form),
    ...(form === 'three' ? [] : [setRule('INTERSECT', false, form), setRule('EXCEPT', false, form)]),
  ]),
  setRule('INTERSECT', true, 'one'),
  setRule('EXCEPT', true, 'one'),
  keySetRule('INTERSECT'),
  keySetRule('EXCEPT'),
];
