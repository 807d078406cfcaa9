import type { Query } from './ast.js';
import { rewrite } from './walk.js';

/**
 * SQLite takes a name in double quotes for a text where no column has it, and many people write texts so. Given the names of the
 * columns (lower case), turns those names into the texts they are.
 */
export function quotedTexts(query: Query, columnNames: ReadonlySet<string>): Query {
  const aliases = new Set<string>();
  const known = (name: string) => columnNames.has(name.toLowerCase()) || aliases.has(name.toLowerCase());
  rewrite(query, (node) => {
    if (node.kind === 'select')
      node.items.forEach((item) => item.alias !== null && aliases.add(item.alias.toLowerCase()));
    return node;
  });
  return rewrite(query, (node) => {
    if (node.kind !== 'column' || node.quoted !== true) return node;
    return known(node.name)
      ? { kind: 'column', table: null, name: node.name }
      : { kind: 'string', value: node.name, prefix: '' };
  });
}
