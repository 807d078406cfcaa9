import type { LinkedWords } from '../answer.js';
import type { DatabaseSchema } from '../database.js';
import type { LinkedQuestion, Mention } from '../prompt/link-question.js';
import type { NameTarget } from '../prompt/name-index.js';
import { askingWords } from './asking-words.js';
import type { FoundValue } from './found-values.js';

/** What of a question was found, in the question's order. `found` says how the question spelled what the database spells otherwise. */
export function linkedWords(
  question: string,
  { words, mentions }: LinkedQuestion,
  schema: DatabaseSchema,
  found: readonly FoundValue[] = [],
): LinkedWords[] {
  return mentions.map((mention) => {
    const said = question.slice(words[mention.from]!.start, words[mention.to - 1]!.end);
    if (mention.kind === 'name') {
      const kind = mention.target.kind === 'table' ? 'table' : 'column';
      return { text: said, kind, names: [mention.target, ...mention.alternatives].map((at) => nameOf(at, schema)) };
    }
    const other = found.find(({ value, text }) => value === mention.text && text !== value);
    const names = mention.columns.map(({ table, column }) => nameOf({ kind: 'column', table, column }, schema));
    return { text: other?.text ?? said, kind: 'value', names, ...(other && { value: other.value }) };
  });
}

/** Words of a question that neither the schema nor the asking of questions knows. */
export function unlinkedWords({ words, mentions }: LinkedQuestion): string[] {
  const covered = (at: number): boolean =>
    mentions.some((mention) => isFound(mention) && at >= mention.from && at < mention.to);
  return words.flatMap(({ kind, text }, at) =>
    (kind === 'word' || kind === 'name') && !covered(at) && !askingWords.has(text.toLowerCase()) ? [text] : [],
  );
}

/** A text in the question counts as a value even where no column is known to hold it; that much is then to be said. */
const isFound = (mention: Mention): boolean =>
  mention.kind === 'name' || mention.columns.length > 0 || mention.type !== 'text';

function nameOf(target: NameTarget, { tables }: DatabaseSchema): string {
  const table = tables[target.table]!;
  if (target.kind === 'table') return table.name;
  const column = `${table.name}.${table.columns[target.column]!.name}`;
  return target.kind === 'field' ? `${column}.${target.name}` : column;
}
