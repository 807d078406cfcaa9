import type { ColumnType } from '../../database.js';
import type { Expr } from '../../sql/ast.js';
import { call } from '../../templates/build.js';
import { expressions } from '../../sql/walk.js';
import { functionsIn, isHole, typesOfHole } from '../../verbalise/phrase.js';
import type { Editor } from '../editor.js';
import type { Idiom } from '../idioms.js';
import type { Rule } from '../rule.js';

/** Idioms that one nested rule chooses from at most: enough for variety, and each pair of functions stays rare. */
const partners = 60;

const isKeyed = ({ phrase }: Idiom): boolean => /\{(path|key)/.test(phrase.sql);
const isScalar = ({ phrase }: Idiom): boolean =>
  (phrase.kind === undefined || phrase.kind === 'scalar') && phrase.idiomOnly !== true;

/** The first hole of an idiom that asks for text, a number or a date. */
function typedHole({ phrase }: Idiom): { name: string; types: readonly ColumnType[] } | null {
  for (const part of expressions(phrase.pattern)) {
    if (!isHole(part) || !/^[snid]/.test(part.name)) continue;
    return { name: part.name, types: typesOfHole(part.name)! };
  }
  return null;
}

const holesOf = ({ phrase }: Idiom): number =>
  new Set(expressions(phrase.pattern).flatMap((part) => (isHole(part) ? [part.name] : []))).size;

/** Rules that put one function inside another where their types meet: the length of the upper-case name, a rounded average. */
export function nestingRules(outer: Idiom, idioms: Idiom[]): Rule[] {
  const hole = typedHole(outer);
  const { kind = 'scalar' } = outer.phrase;
  if (hole === null || outer.phrase.idiomOnly === true || kind === 'window') return [];
  const inner = idioms
    .filter(
      (idiom) => isScalar(idiom) && !isKeyed(idiom) && idiom !== outer && hole.types.includes(idiom.phrase.returns),
    )
    .slice(0, partners);
  const nested = (editor: Editor): Expr => {
    const idiom = editor.random.pick(inner);
    return editor.apply(outer, new Map([[hole.name, editor.apply(idiom)]]));
  };
  const rule = (name: string, brings: string[], filters: number, apply: (editor: Editor) => void): Rule => ({
    name: `${name} ${outer.phrase.sql}`,
    brings: [...functionsIn(outer.phrase.pattern), ...brings],
    weight: 0.4,
    applies: (base) => base.isPlain && base.width === 1 && base.filters <= filters,
    apply,
    idiom: outer,
  });
  const rules: Rule[] = [];
  if (inner.length > 0 && kind === 'scalar') {
    rules.push(rule('nested output', [], 1, (editor) => editor.put(editor.first, nested(editor))));
  }
  if (inner.length > 0 && kind === 'aggregate') {
    rules.push(
      rule('nested aggregate', ['GROUP BY'], 1, (editor) => {
        const key = editor.column('text', 'category');
        editor.put(key, nested(editor));
        editor.group(key);
      }),
    );
  }
  // A second column beside an aggregate would be neither grouped nor aggregated.
  if (kind === 'scalar' && hole.name.startsWith('n') && holesOf(outer) === 1) {
    rules.push(
      rule('of an average', ['AVG', 'GROUP BY'], 1, (editor) => {
        const key = editor.column('text', 'category');
        const average = call(editor.random.pick(['AVG', 'SUM']), [editor.column('number', 'measure')]);
        editor.put(key, editor.apply(outer, new Map([[hole.name, average]])));
        editor.group(key);
      }),
    );
  }
  return rules;
}
