import { readBlocks } from './blocks.js';

/** A statement that a guide shows, with the sentence before it that says in plain words what it answers. */
export interface GuideExample {
  sentence: string;
  sql: string;
}

const SQL_FENCE = /^(?:`{3,}|~{3,})\s*(?:sql|sqlite|postgres|postgresql|pgsql|bigquery|googlesql|duckdb)\b/i;

/** The SQL blocks of a guide in their order. `sentence` is the last sentence of the paragraph before the block, empty where there is none. */
export function readExamples(markdown: string): GuideExample[] {
  const blocks = readBlocks(markdown);
  return blocks.flatMap((block, at) => {
    if (block.kind !== 'code' || !SQL_FENCE.test(block.text)) return [];
    const sql = block.text
      .split('\n')
      .slice(1)
      .join('\n')
      .replace(/\n? {0,3}(?:`{3,}|~{3,})[ \t]*$/, '')
      .trim();
    const before = blocks[at - 1];
    const sentence = before?.kind === 'text' ? lastSentence(before.text) : '';
    return sql ? [{ sentence, sql: sql.replace(/;\s*$/, '') }] : [];
  });
}

function lastSentence(paragraph: string): string {
  const line = paragraph.replace(/\s+/g, ' ').trim();
  const start = line.slice(0, -1).search(/[.!?] (?=[^.!?]*$)/);
  return line.slice(start < 0 ? 0 : start + 2).replace(/:$/, '.');
}
