import type { DialectManifest } from '../dialect.js';
import { grammarOf, likePostgres, neverNames, valueWords } from './grammar.js';

const plain = /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u;
const slot = /^[TC]\d+$/;

/** How names and texts are written in one dialect. */
export interface NamePrinter {
  name(name: string, quoted?: boolean): string;
  /** Several names in parentheses. */
  list(names: string[]): string;
  string(value: string, prefix: string): string;
}

/**
 * Names are quoted only where the dialect would misread them bare. With `template`, the names `T1`, `C1`, … are slots and
 * are printed `{T1}`, `{C1}`; without it they are ordinary names.
 */
export function namePrinter(manifest: DialectManifest, template: boolean): NamePrinter {
  const reserved = new Set(manifest.printer.reserved);
  const quote = manifest.lexer.identifierQuotes[0] ?? '"';
  const escapes = manifest.lexer.backslashEscapes;
  const postgres = likePostgres(grammarOf(manifest));

  function mustQuote(name: string): boolean {
    if (!plain.test(name)) return true;
    if (manifest.printer.folding === 'lower' && name !== name.toLowerCase()) return true;
    const upper = name.toUpperCase();
    return reserved.has(upper) || neverNames.has(upper) || valueWords.has(upper);
  }

  function nameText(name: string, quoted = false): string {
    if (template && slot.test(name)) return `{${name}}`;
    if (!quoted && !mustQuote(name)) return name;
    if (quote === '[') return `[${name}]`;
    return quote + (escapes ? name.replace(/[\\`]/g, '\\$&') : name.replaceAll(quote, quote + quote)) + quote;
  }

  return {
    name: nameText,
    list: (names) => `(${names.map((name) => nameText(name)).join(', ')})`,
    string(value, prefix) {
      if (prefix !== '') return prefixed(value, prefix);
      if (escapes) return `'${value.replace(/[\\']/g, '\\$&').replace(/[\n\r\t]/g, escapeOf)}'`;
      if (postgres && /[\n\r\t]/.test(value)) {
        return `E'${value.replace(/[\\']/g, '\\$&').replace(/[\n\r\t]/g, escapeOf)}'`;
      }
      return `'${value.replaceAll("'", "''")}'`;
    },
  };
}

function escapeOf(character: string): string {
  return character === '\n' ? '\\n' : character === '\r' ? '\\r' : '\\t';
}

// The text of a raw or bytes literal is kept as written, so it needs the quote that does not end it.
function prefixed(value: string, prefix: string): string {
  const quotes = ["'", '"', "'''", '"""'];
  const quote = value.includes('\n') ? "'''" : (quotes.find((candidate) => !value.includes(candidate)) ?? "'''");
  return `${prefix}${quote}${value}${quote}`;
}
