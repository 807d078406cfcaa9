export interface DdlToken {
  kind: 'word' | 'name' | 'text' | 'sign';
  /** A name without its quotes, a word as it is written. */
  text: string;
}

// What is opened and not closed goes on to the end, so that no text is read twice.
const shapes: { kind: DdlToken['kind'] | null; pattern: RegExp }[] = [
  { kind: null, pattern: /\s+|--[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y },
  { kind: 'text', pattern: /'((?:[^']|'')*)(?:'|$)/y },
  { kind: 'name', pattern: /"((?:[^"]|"")*)(?:"|$)/y },
  { kind: 'name', pattern: /`((?:[^`]|``)*)(?:`|$)/y },
  { kind: 'name', pattern: /\[([^\]]*)(?:\]|$)/y },
  { kind: 'word', pattern: /([\p{L}\p{N}_$]+)/uy },
];

/**
 * A table's definition as words, quoted names, texts and single signs, in any dialect's quotes and without comments: from `start` to the
 * parenthesis that closes the first one, or to the end. Without a parenthesis among the first dozen there are none.
 */
export function ddlTokens(ddl: string, start: number): { tokens: DdlToken[]; end: number } {
  const tokens: DdlToken[] = [];
  let depth = 0;
  let at = start;
  while (at < ddl.length) {
    const { kind, text, length } = tokenAt(ddl, at);
    at += length;
    if (kind === null) continue;
    tokens.push({ kind, text });
    if (kind === 'sign' && text === '(') depth += 1;
    if (kind === 'sign' && text === ')' && (depth -= 1) <= 0) return { tokens, end: at };
    if (depth === 0 && tokens.length >= 12) return { tokens: [], end: start };
  }
  return { tokens, end: at };
}

function tokenAt(ddl: string, at: number): { kind: DdlToken['kind'] | null; text: string; length: number } {
  for (const { kind, pattern } of shapes) {
    pattern.lastIndex = at;
    const match = pattern.exec(ddl);
    if (match) return { kind, text: match[1] ?? '', length: match[0].length };
  }
  return { kind: 'sign', text: ddl[at]!, length: 1 };
}
