import { countWords, readBlocks, writeBlock, type Block } from './blocks.js';

export interface Section {
  /** The heading that the section stands under; the page's own title where it has none. */
  title: string;
  /** Headings from the top of the page down to the section's own. */
  path: string[];
  /** Place in the page, unique and stable as long as the headings are: `window-functions/frames`, with `-2` for a repetition. */
  anchor: string;
  text: string;
}

export interface SplitOptions {
  /** Title of the page, for text that precedes its first heading. */
  title: string;
  /** No section is longer, unless a single code block or paragraph is. */
  maxWords?: number;
  /** A section below this many words joins the one before it, so that a page of many small headings makes few guides. */
  minWords?: number;
}

const MAX_WORDS = 1_500;
const MIN_WORDS = 120;

/**
 * Splits a page at its headings into sections of at most `maxWords` words. Code blocks stay whole; a section that is still too long is
 * cut between paragraphs, and its parts keep their heading.
 */
export function splitMarkdown(markdown: string, options: SplitOptions): Section[] {
  const { title, maxWords = MAX_WORDS, minWords = MIN_WORDS } = options;
  const parts = underHeadings(readBlocks(markdown), title);
  const sections = parts.flatMap((part) => cutLong(part, maxWords));
  return nameAnchors(joinShort(sections, minWords, maxWords));
}

interface Part {
  path: string[];
  blocks: Block[];
}

function underHeadings(blocks: Block[], title: string): Part[] {
  const parts: Part[] = [];
  let headings: { text: string; level: number }[] = [];
  let current: Part = { path: [title], blocks: [] };
  for (const block of blocks) {
    if (block.kind === 'heading') {
      parts.push(current);
      const heading = { text: plainHeading(block.text) || title, level: block.level };
      headings = [...headings.filter(({ level }) => level < block.level), heading];
      current = { path: headings.map((heading) => heading.text), blocks: [] };
    }
    current.blocks.push(block);
  }
  parts.push(current);
  return parts.filter((part) => part.blocks.some((block) => block.kind !== 'heading'));
}

/** A heading without Markdown's marks and without its number, so that an id survives a renumbering. */
function plainHeading(text: string): string {
  return text
    .replace(/\\([^A-Za-z0-9\s])/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/^\d+(?:\.\d+)*\.?\s+/, '')
    .trim();
}

type Piece = { path: string[]; text: string };

function cutLong(part: Part, maxWords: number): Piece[] {
  const heading = part.blocks.find((block) => block.kind === 'heading');
  const pieces: Piece[] = [];
  let taken: Block[] = [];
  let words = 0;
  const close = (): void => {
    if (taken.some((block) => block.kind !== 'heading')) {
      pieces.push({ path: part.path, text: taken.map(writeBlock).join('\n\n') });
    }
    taken = heading ? [heading] : [];
    words = heading ? countWords(writeBlock(heading)) : 0;
  };
  for (const block of part.blocks) {
    const more = countWords(writeBlock(block));
    if (words + more > maxWords) close();
    taken.push(block);
    words += more;
  }
  close();
  return pieces;
}

/** Two pieces join when the later is short, both stand under the same page and together they fit. */
function joinShort(pieces: Piece[], minWords: number, maxWords: number): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const words = countWords(piece.text);
    const fits = last && countWords(last.text) + words <= maxWords;
    if (last && fits && (words < minWords || countWords(last.text) < minWords)) last.text += `\n\n${piece.text}`;
    else joined.push({ ...piece });
  }
  return joined;
}

function nameAnchors(pieces: Piece[]): Section[] {
  const seen = new Map<string, number>();
  return pieces.map(({ path, text }) => {
    const anchor = path.map(slug).join('/');
    const times = (seen.get(anchor) ?? 0) + 1;
    seen.set(anchor, times);
    return { title: path.at(-1) ?? '', path, anchor: times === 1 ? anchor : `${anchor}-${times}`, text };
  });
}

/** A text as part of an id: lower-case letters and digits of any script, joined by dashes. */
export function slug(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-').slice(0, 60) || 'section';
}
