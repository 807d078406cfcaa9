import type { FromItem, JoinWords, Sample } from './ast.js';
import { likePostgres } from './grammar.js';
import { printMatchRecognize } from './print-match-recognize.js';
import { printPivot, printUnpivot } from './print-pivot.js';
import type { Printing } from './printing.js';

type Join = FromItem & { kind: 'join' };

/** What stands after FROM. */
export function printFrom(item: FromItem, printing: Printing): string {
  const { names, expression, query } = printing;
  const lateral = 'lateral' in item && item.lateral ? 'LATERAL ' : '';
  switch (item.kind) {
    case 'table':
      return item.name.map((part) => names.name(part)).join('.') + aliasText(item.alias, item.columns ?? [], printing);
    case 'subquery':
      return `${lateral}(${query(item.query)})${aliasText(item.alias, item.columns, printing)}`;
    case 'function': {
      const columns = item.columns.map((name, index) =>
        item.columnTypes === undefined ? names.name(name) : `${names.name(name)} ${item.columnTypes[index]}`,
      );
      const alias = item.alias === null ? '' : ` AS ${names.name(item.alias)}`;
      const list = columns.length === 0 ? '' : `${alias === '' ? ' AS ' : ''}(${columns.join(', ')})`;
      const ordinality = item.ordinality ? ' WITH ORDINALITY' : '';
      const offset = item.offset === null ? '' : ` WITH OFFSET AS ${names.name(item.offset)}`;
      return `${lateral}${expression(item.call)}${ordinality}${alias}${list}${offset}`;
    }
    case 'rows-from': {
      const calls = item.calls.map((each) => {
        const columns = each.columns.map((name, index) =>
          `${names.name(name)} ${each.columnTypes[index] ?? ''}`.trim(),
        );
        return `${expression(each.call)}${columns.length === 0 ? '' : ` AS (${columns.join(', ')})`}`;
      });
      const ordinality = item.ordinality ? ' WITH ORDINALITY' : '';
      return `${lateral}ROWS FROM (${calls.join(', ')})${ordinality}${aliasText(item.alias, item.columns, printing)}`;
    }
    case 'join':
      return joinText(item, printing);
    case 'named-join':
      return `(${printFrom(item.join, printing)})${aliasText(item.alias, item.columns, printing)}`;
    case 'as-of':
      return `${operandText(item.source, printing)}FOR SYSTEM_TIME AS OF ${expression(item.time)}`;
    case 'sample':
      return `${operandText(item.source, printing)}TABLESAMPLE ${printSample(item.sample, printing)}`;
    case 'match-recognize': {
      const text = `${operandText(item.source, printing)}${printMatchRecognize(item, printing)}`;
      return item.alias === null ? text : `${text} AS ${names.name(item.alias)}`;
    }
    case 'pivot':
    case 'unpivot': {
      const print = item.kind === 'pivot' ? printPivot(item, printing) : printUnpivot(item, printing);
      const text = item.style === 'clause' ? `${operandText(item.source, printing)}${print}` : print;
      return item.alias === null ? text : `${text} AS ${names.name(item.alias)}`;
    }
  }
}

// What an operation is done to, a join in parentheses; nothing where a pipe gives it.
function operandText(source: FromItem | null, printing: Printing): string {
  if (source === null) return '';
  const text = printFrom(source, printing);
  return `${source.kind === 'join' ? `(${text})` : text} `;
}

/** `SYSTEM (10 PERCENT) REPEATABLE (1)`. */
export function printSample({ method, size, unit, repeatable }: Sample, { expression, levels }: Printing): string {
  const amount = `(${expression(size, levels.primary)}${unit === null ? '' : ` ${unit}`})`;
  const seed = repeatable === null ? '' : ` REPEATABLE (${expression(repeatable)})`;
  return `${method === null ? '' : `${method} `}${amount}${seed}`;
}

function aliasText(alias: string | null, columns: string[], { names }: Printing): string {
  if (alias === null) return '';
  const list = columns.length === 0 ? '' : `(${columns.map((name) => names.name(name)).join(', ')})`;
  return ` AS ${names.name(alias)}${list}`;
}

const words: Record<JoinWords['type'], string> = {
  inner: 'JOIN',
  left: 'LEFT JOIN',
  right: 'RIGHT JOIN',
  full: 'FULL JOIN',
  cross: 'CROSS JOIN',
  comma: ',',
  asof: 'ASOF JOIN',
  'asof left': 'ASOF LEFT JOIN',
  'asof right': 'ASOF RIGHT JOIN',
  'asof full': 'ASOF FULL JOIN',
  semi: 'SEMI JOIN',
  anti: 'ANTI JOIN',
  positional: 'POSITIONAL JOIN',
};

/** The words of a join: `NATURAL LEFT JOIN`. */
export function printJoinWords({ type, natural }: JoinWords): string {
  return `${natural ? 'NATURAL ' : ''}${words[type]}`;
}

// Joins read from the left; only PostgreSQL binds a comma less tightly than a JOIN.
function joinText(join: Join, printing: Printing): string {
  const { grammar } = printing;
  const comma = (item: FromItem) => item.kind === 'join' && item.type === 'comma';
  const left = printFrom(join.left, printing);
  const right = printFrom(join.right, printing);
  const bareRight =
    join.right.kind !== 'join' || (likePostgres(grammar) && join.type === 'comma' && !comma(join.right));
  const bareLeft = !(likePostgres(grammar) && join.type !== 'comma' && comma(join.left));
  const operator = join.type === 'comma' ? ', ' : ` ${printJoinWords(join)} `;
  const condition = printJoinCondition(join, printing);
  return `${bareLeft ? left : `(${left})`}${operator}${bareRight ? right : `(${right})`}${condition}`;
}

/** ON or USING with the space before it; empty where there is neither. */
export function printJoinCondition({ on, using }: Pick<Join, 'on' | 'using'>, { names, expression }: Printing): string {
  if (on !== null) return ` ON ${expression(on)}`;
  return using.length > 0 ? ` USING ${names.list(using)}` : '';
}
