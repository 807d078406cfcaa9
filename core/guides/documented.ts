import { readBlocks } from './blocks.js';

/**
 * The functions whose reference a guide is, upper case: names that a heading consists of (`## `ABS``) or calls (`## The json() function`), and names with their arguments at
 * the beginning of a paragraph, list item or row of a table (`**abs(*X*)**`, `| `date_add(`…`, `` `array_agg` ( `anyarray` ) ``).
 */
export function documentedNames(markdown: string): string[] {
  const names = new Set<string>();
  const add = (name: string | undefined): void => void (name && names.add(name.toUpperCase()));
  for (const { kind, text } of readBlocks(markdown)) {
    const plain = text.replace(/\\([^A-Za-z0-9\s])/g, '$1');
    if (kind === 'heading') {
      const titles = plain.split(/\s*(?:,| and | or )\s*/);
      if (titles.every((title) => TITLE.test(title))) for (const title of titles) add(TITLE.exec(title)![1]);
      add(SIGNATURE.exec(plain)?.[1]);
      for (const [, name] of plain.matchAll(CALL)) add(name);
    } else if (kind === 'text') {
      for (const line of plain.split('\n')) {
        add(SIGNATURE.exec(line)?.[1]);
        for (const [, name] of line.matchAll(ALSO)) add(name);
      }
    }
  }
  return [...names].sort();
}

/** `The json_array() function`: a heading names no call that its section is not about. */
const CALL = /([A-Za-z_]\w*)\(/g;
/** A title that is one name in code, with or without arguments. */
const TITLE = /^`([A-Za-z_][\w.]*)(?:\(.*)?`$/;
/** `name(` or `name` ( at the beginning of a line, in code or in bold. */
const SIGNATURE = /^\s*(?:[-*+|>]\s+)?\[?(?:\*\*|`)`?([A-Za-z_][\w.]*)(?:\*\*|`)?\s?\(/;
/** The same in the later columns of a table: aliases and examples of other functions. */
const ALSO = /(?<=\|\s*|,\s*)`([A-Za-z_]\w*)\([^`]*`(?=\s*[,|])/g;
