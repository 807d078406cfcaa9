import { splitFrontMatter } from '../../core/guides/front-matter.js';
import { guidesOfPage } from '../../core/guides/guides-of-page.js';
import type { Guide } from '../../core/template.js';
import { sha256 } from '../s3/hash.js';
import { readMainContent, type MainContent } from './main-content.js';

/** A page's text with all that is needed to make guides of it: plain data, for it is sent to another process. */
export interface ParseRequest {
  form: 'html' | 'markdown';
  text: string;
  url: string;
  selector: string | null;
  dialect: string;
  licence: string;
  fetchedAt: string;
  vocabulary: string[];
  maxWords: number | null;
}

export interface ParsedPage {
  guides: Guide[];
  /** Addresses that the page links to, absolute, without fragments, each once. */
  links: string[];
}

/** A page's text as guides. It runs where it can be killed, see page-parser.ts. */
export function parsePage(request: ParseRequest): ParsedPage {
  const { form, text, url, selector, dialect, licence, fetchedAt, vocabulary, maxWords } = request;
  const { title, markdown, links } = form === 'html' ? readMainContent(text, url, selector) : readMarkdown(text, url);
  const guides = guidesOfPage(
    {
      ...{ dialect, markdown, licence, fetchedAt },
      ...{ id: pageId(dialect, url), title: title || new URL(url).pathname, source: url },
    },
    { hash: sha256, vocabulary, ...(maxWords && { maxWords }) },
  );
  return { guides, links };
}

/** Of a page's own YAML head its title alone is taken; what it says of licence and dialect is not ours to believe. */
function readMarkdown(text: string, url: string): MainContent {
  const { yaml, body } = splitFrontMatter(text);
  const named = /^title:[ \t]*["']?(.*?)["']?[ \t]*$/m.exec(yaml ?? '')?.[1];
  const title = named || (/^#\s+(.+)$/m.exec(body)?.[1]?.trim() ?? '');
  const targets = [...body.matchAll(/\]\(\s*<?([^)\s>]+)/g)].map(([, target]) => target ?? '');
  const links = targets.filter((target) => URL.canParse(target, url)).map((target) => new URL(target, url));
  return { title, markdown: markSql(body), links: [...new Set(links.map((link) => link.href.replace(/#.*$/, '')))] };
}

const DIALECT_FENCE =
  /^([ \t]*(?:`{3,}|~{3,}))[ \t]*(?:googlesql|bigquery|sqlite3?|postgres|postgresql|pgsql|plpgsql|duckdb|mysql)\b(.*)$/gim;

/** Names one language for SQL, whatever the manual calls its dialect; examples that it marks as wrong (`{.bad}`) keep their mark. */
function markSql(markdown: string): string {
  return markdown.replace(DIALECT_FENCE, (fence, marks: string, rest: string) =>
    /\.bad\b/.test(rest) ? fence : `${marks}sql`,
  );
}

/** The start of the ids of a page's guides: `sqlite/www.sqlite.org/lang_datefunc.html`. The scheme makes no difference. */
function pageId(dialect: string, url: string): string {
  const { host, pathname, search } = new URL(url);
  return `${dialect}/${host}${pathname.replace(/\/$/, '')}${search}`;
}
