import type { Cte } from './ast.js';
import { type SqlNode, walk } from './walk.js';

/**
 * Constructs that a tree carries in optional parts, where a reader that does not know them would pass over them: it refuses the query
 * instead. Each by its keywords; empty for nearly every query.
 */
export function rareConstructs(root: SqlNode): string[] {
  const found = new Set<string>();
  walk(root, (node) => {
    for (const [present, name] of partsOf(node)) if (present) found.add(name);
  });
  return [...found];
}

function partsOfCte(cte: Cte): [boolean, string][] {
  return [
    [cte.depth !== undefined, 'WITH DEPTH'],
    [cte.key !== undefined, 'USING KEY'],
    [cte.search !== undefined, 'SEARCH'],
    [cte.cycle !== undefined, 'CYCLE'],
  ];
}

function partsOf(node: SqlNode): [boolean, string][] {
  switch (node.kind) {
    case 'query':
      return [[node.percent === true, 'LIMIT %'], ...node.ctes.flatMap(partsOfCte)];
    case 'select':
      return [
        [node.groupDistinct === true, 'GROUP BY DISTINCT'],
        [node.sample !== undefined, 'USING SAMPLE'],
        [node.privacy !== undefined, node.privacy?.word ?? ''],
      ];
    case 'set':
      return [[node.matching !== undefined, node.matching?.words ?? '']];
    case 'between':
      return [[node.symmetric === true, 'BETWEEN SYMMETRIC']];
    case 'parameter':
      return [[true, 'a query parameter']];
    case 'call':
      return [
        [node.groupBy !== undefined, 'GROUP BY inside a call'],
        [node.aliases !== undefined, 'named arguments'],
        [node.variadic === true, 'VARIADIC'],
      ];
    default:
      return [];
  }
}
