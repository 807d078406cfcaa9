import type { FromItem } from './ast.js';
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
    case 'join':
      return joinText(item, printing);
  }
}

function aliasText(alias: string | null, columns: string[], { names }: Printing): string {
  if (alias === null) return '';
  const list = columns.length === 0 ? '' : `(${columns.map((name) => names.name(name)).join(', ')})`;
  return ` AS ${names.name(alias)}${list}`;
}

const words = {
  inner: 'JOIN',
  left: 'LEFT JOIN',
  right: 'RIGHT JOIN',
  full: 'FULL JOIN',
  cross: 'CROSS JOIN',
  comma: ',',
};

// Joins read from the left; only PostgreSQL binds a comma less tightly than a JOIN.
function joinText(join: Join, printing: Printing): string {
  const { grammar, names, expression } = printing;
  const comma = (item: FromItem) => item.kind === 'join' && item.type === 'comma';
  const left = printFrom(join.left, printing);
  const right = printFrom(join.right, printing);
  const bareRight =
    join.right.kind !== 'join' || (grammar === 'postgres' && join.type === 'comma' && !comma(join.right));
  const bareLeft = !(grammar === 'postgres' && join.type !== 'comma' && comma(join.left));
  const operator = join.type === 'comma' ? ', ' : ` ${join.natural ? 'NATURAL ' : ''}${words[join.type]} `;
  const condition =
    join.on !== null
      ? ` ON ${expression(join.on)}`
      : join.using.length > 0
        ? ` USING (${join.using.map((name) => names.name(name)).join(', ')})`
        : '';
  return `${bareLeft ? left : `(${left})`}${operator}${bareRight ? right : `(${right})`}${condition}`;
}
