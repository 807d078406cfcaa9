export interface DdlToken {
  kind: 'word' | 'name' | 'text' | 'sign';
  /** A name without its quotes, a word as it is written. */
  text: string;
}

const shapes: { kind: DdlToken['kind'] | null; pattern: RegExp }[] = [
  { kind: null, pattern: /\s+|--[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y },
  { kind: 'text', pattern: /'((?:[^']|'')*)'/y },
  { kind: 'name', pattern: /"((?:[^"]|"")*)"/y },
  { kind: 'name', pattern: /`((?:[^`]|``)*)`/y },
  { kind: 'name', pattern: /\[([^\]]*)\]/y },
  { kind: 'word', pattern: /([\p{L}\p{N}_$]+)/uy },
];

/** Cuts definitions into words, quoted names, texts and single signs, in any dialect's quotes; comments are left out. */
export function ddlTokens(ddl: string): DdlToken[] {
  const tokens: DdlToken[] = [];
  for (let at = 0; at < ddl.length;) {
    const found = shapes
      .map(({ kind, pattern }) => {
        pattern.lastIndex = at;
        return { kind, match: pattern.exec(ddl) };
      })
      .find(({ match }) => match !== null);
    if (found?.kind) tokens.push({ kind: found.kind, text: found.match![1]! });
    else if (!found) tokens.push({ kind: 'sign', text: ddl[at]! });
    at += found ? found.match![0].length : 1;
  }
  return tokens;
}
