import { readBlocks } from './blocks.js';
import { documentedNames } from './documented.js';

/**
 * The words of `vocabulary` (a dialect's functions, operators and keywords) that a guide teaches, upper case and sorted.
 * In code a word counts as it stands; in prose only where it is called, `date(`, or written in capitals, `GLOB`, because `date` and
 * `left` are English, too. A name whose signature the guide gives counts whatever the vocabulary says, for a manual may know more than
 * the engine. For a dialect whose vocabulary is not known (empty), every name that code calls counts.
 */
export function findTaught(markdown: string, vocabulary: Iterable<string>): string[] {
  const { code, prose } = separate(markdown);
  const terms = new Set([...vocabulary].map((term) => term.toUpperCase()));
  const documented = documentedNames(markdown);
  if (terms.size === 0) return [...new Set([...calledNames(code), ...documented])].sort();
  const upper = withoutTexts(code).toUpperCase().replace(/\s+/g, ' ');
  const called = new Set([...prose.matchAll(/([A-Za-z_]\w*)\(/g)].map(([, name]) => (name ?? '').toUpperCase()));
  const taught = [...terms].filter((term) => contains(upper, term) || called.has(term) || isWrittenLarge(prose, term));
  return [...new Set([...taught, ...documented])].sort();
}

function separate(markdown: string): { code: string; prose: string } {
  const code: string[] = [];
  const prose: string[] = [];
  for (const block of readBlocks(markdown)) {
    if (block.kind === 'code') code.push(block.text.split('\n').slice(1, -1).join('\n'));
    else {
      for (const [, inline] of block.text.matchAll(/`([^`\n]+)`/g)) code.push(inline ?? '');
      prose.push(
        block.text
          .replace(/`[^`\n]+`/g, ' ')
          .replace(/\\([^A-Za-z0-9\s])/g, '$1')
          .replace(/\*+/g, ''),
      );
    }
  }
  return { code: code.join('\n'), prose: prose.join('\n') };
}

function calledNames(code: string): string[] {
  const names = [...withoutTexts(code).matchAll(/\b([A-Za-z_]\w+)\(/g)].map(([, name]) => (name ?? '').toUpperCase());
  return [...new Set(names)].sort();
}

/** What stands in quotes is data: `'%Y (local)'` calls nothing. */
function withoutTexts(code: string): string {
  return code.replace(/'[^'\n]*'|--[^\n]*/g, "''");
}

const SHORTEST_IN_PROSE = 4;

function isWrittenLarge(prose: string, term: string): boolean {
  return /^[A-Z]/.test(term) && term.length >= SHORTEST_IN_PROSE && contains(prose, term);
}

/** Whether the term stands in the text by itself, not as a part of a longer word. */
function contains(text: string, term: string): boolean {
  const startsWord = /^\w/.test(term);
  const endsWord = /\w$/.test(term);
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const cutsBefore = startsWord && /\w/.test(text[at - 1] ?? ' ');
    const cutsAfter = endsWord && /\w/.test(text[at + term.length] ?? ' ');
    if (!cutsBefore && !cutsAfter) return true;
  }
  return false;
}
