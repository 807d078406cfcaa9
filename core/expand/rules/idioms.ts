import type { Expr } from '../../sql/ast.js';
import { ascending, binary, call, descending, star } from '../../templates/build.js';
import { functionsIn } from '../../verbalise/phrase.js';
import type { Editor } from '../editor.js';
import type { Idiom } from '../idioms.js';
import type { Rule } from '../rule.js';
import type { Shape } from '../shape.js';
import { windowRule } from './windows.js';

const lists = (base: Shape): boolean => base.isPlain;
const single = (base: Shape): boolean => lists(base) && base.width === 1 && base.filters < 2;

/** The rules that one idiom gives: where its kind and type let it stand. */
export function idiomRules(idiom: Idiom): Rule[] {
  const { phrase } = idiom;
  const names = functionsIn(phrase.pattern);
  const brings = names.length > 0 ? names : [headWord(phrase.sql)];
  const rule = (name: string, more: string[], applies: Rule['applies'], apply: Rule['apply']): Rule => ({
    name: `${name} ${phrase.sql}`,
    brings: [...brings, ...more],
    applies,
    apply,
    idiom,
  });
  // What makes sense in few places only: as an output, and seldom.
  if (phrase.idiomOnly === true)
    return phrase.kind === undefined || phrase.kind === 'scalar'
      ? [{ ...rule('output', [], single, (editor) => editor.put(editor.first, editor.apply(idiom))), weight: 0.2 }]
      : [];
  switch (phrase.kind ?? 'scalar') {
    case 'aggregate':
      return aggregateRules(idiom, rule);
    case 'window': {
      const by = /^(MEDIAN|PERCENTILE_(CONT|DISC))\(/i.test(phrase.sql) ? null : 'measure';
      return [false, true].map((partition) => ({
        ...windowRule(phrase.sql, (editor) => editor.apply(idiom), { partition, by, brings }),
        idiom,
      }));
    }
    case 'predicate':
      return [
        rule('where', [], single, (editor) => editor.where(editor.apply(idiom))),
        rule(
          'count where',
          ['COUNT'],
          (base) => lists(base) && base.filters === 0,
          (editor) => {
            editor.where(editor.apply(idiom));
            editor.put(call('COUNT', [star()]));
          },
        ),
      ];
    case 'scalar':
      return scalarRules(idiom, rule);
  }
}

type MakeRule = (name: string, more: string[], applies: Rule['applies'], apply: Rule['apply']) => Rule;

function aggregateRules(idiom: Idiom, rule: MakeRule): Rule[] {
  return [
    rule('aggregate', [], lists, (editor) => editor.put(editor.apply(idiom))),
    rule('group', ['GROUP BY'], lists, (editor) => {
      const key = editor.column('text', 'category');
      editor.put(key, editor.apply(idiom));
      editor.group(key);
    }),
  ];
}

function scalarRules(idiom: Idiom, rule: MakeRule): Rule[] {
  const { phrase } = idiom;
  const rules = [rule('output', [], single, (editor) => editor.put(editor.first, editor.apply(idiom)))];
  if (['number', 'integer'].includes(phrase.returns) && !/\{(path|key)/.test(phrase.sql)) {
    rules.push(
      rule(
        'average of',
        ['AVG'],
        (base) => lists(base) && base.filters < 2,
        (editor) => editor.put(call('AVG', [editor.apply(idiom)])),
      ),
      rule('order by', ['ORDER BY'], single, (editor) => {
        const made = editor.apply(idiom);
        editor.query.orderBy = [editor.random.chance(0.5) ? descending(made) : ascending(made)];
      }),
    );
  }
  if (phrase.group === true) {
    const group =
      (aggregate: (editor: Editor) => Expr) =>
      (editor: Editor): void => {
        const key = editor.apply(idiom);
        editor.put(key, aggregate(editor));
        editor.group(key);
      };
    rules.push(
      rule(
        'group by',
        ['GROUP BY', 'COUNT'],
        lists,
        group(() => call('COUNT', [star()])),
      ),
      rule(
        'sum by',
        ['GROUP BY', 'SUM'],
        lists,
        group((editor) => call('SUM', [editor.column('number', 'measure')])),
      ),
      rule(
        'average by',
        ['GROUP BY', 'AVG'],
        lists,
        group((editor) => call('AVG', [editor.column('number', 'measure')])),
      ),
      rule(
        'distinct',
        ['DISTINCT'],
        (base) => lists(base) && base.filters === 0,
        (editor) => {
          editor.put(editor.apply(idiom));
          editor.select!.distinct = true;
        },
      ),
    );
  }
  const { filter } = phrase;
  if (filter !== undefined) {
    const condition = (editor: Editor): void => {
      const made = editor.apply(idiom);
      const operator = filter === 'number' || filter === 'count' ? editor.random.pick(['>', '>=']) : '=';
      editor.where(binary(made, operator, editor.value(filter, made, phrase.returns === 'text' ? 'text' : undefined)));
    };
    rules.push(
      rule('where', [], single, condition),
      rule(
        'count where',
        ['COUNT'],
        (base) => lists(base) && base.filters === 0,
        (editor) => {
          condition(editor);
          editor.put(call('COUNT', [star()]));
        },
      ),
    );
  }
  if (
    phrase.under === undefined &&
    !/^json_type/.test(phrase.sql) &&
    /\{(path|key)/.test(phrase.sql) &&
    phrase.returns !== 'json' &&
    phrase.returns !== 'array'
  ) {
    rules.push(
      rule('where', [], single, (editor) => {
        const made = editor.apply(idiom);
        editor.where(binary(made, '=', editor.value('existing', made)));
        const slot = editor.draft.columns.find((column) => column.type === 'json' && column.path === 'any');
        if (slot !== undefined) slot.path = 'text';
      }),
    );
  }
  return rules;
}

/** The operator of an idiom without a function: `->>`, `@>`, `EXTRACT`. */
function headWord(sql: string): string {
  return /(->>|->|#>>|@>|&&|~\*|!~|~|\?|::|EXTRACT|CAST|IN UNNEST|ANY|\[)/.exec(sql)?.[1] ?? sql;
}
