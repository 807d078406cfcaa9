import type { DialectName } from '../dialect.js';
import type { Guide } from '../template.js';
import { splitMarkdown } from './split.js';
import { findTaught } from './taught.js';

export interface Page {
  dialect: DialectName;
  /** The start of the id of each of its guides, unique among pages: `sqlite/www.sqlite.org/lang_datefunc.html`. */
  id: string;
  title: string;
  topic?: string;
  markdown: string;
  /** Address or file that it came from. */
  source: string;
  licence: string;
  fetchedAt: string | null;
}

export interface PageReader {
  /** SHA-256 of a text, in hexadecimal digits. */
  hash(text: string): string;
  /** The dialect's functions, operators and keywords. */
  vocabulary: Iterable<string>;
  maxWords?: number;
}

/** One page as guides: split at headings, each with its hash and what it teaches. The text is data, whatever it says. */
export function guidesOfPage(page: Page, { hash, vocabulary, maxWords }: PageReader): Guide[] {
  const terms = [...vocabulary];
  const sections = splitMarkdown(page.markdown, { title: page.title, ...(maxWords ? { maxWords } : {}) });
  return sections.map((section) => ({
    id: `${page.id}#${section.anchor}`,
    dialect: page.dialect,
    title: section.title === page.title ? page.title : `${page.title}: ${section.title}`,
    topic: page.topic ?? page.title,
    text: section.text,
    teaches: findTaught(section.text, terms),
    source: page.source,
    licence: page.licence,
    hash: hash(section.text),
    fetchedAt: page.fetchedAt,
  }));
}
