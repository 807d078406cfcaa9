import { guidesOfPage, type PageReader } from '../../core/guides/guides-of-page.js';
import type { Guide } from '../../core/template.js';
import { decodeText } from './decode-text.js';
import { FetchRefused } from './fetch-refused.js';
import type { MainContent } from './main-content.js';
import type { PageParser, ParseRequest } from './page-parser.js';

export interface FetchedPage {
  dialect: string;
  url: string;
  body: Buffer;
  contentType: string;
  fetchedAt: string;
  licence: string;
  selector: string | null;
}

/** A fetched page as guides, and the addresses that it links to. Raises FetchRefused for what is neither HTML nor Markdown, or cannot be parsed. */
export async function readPage(
  page: FetchedPage,
  reader: PageReader,
  parser: PageParser,
): Promise<{ guides: Guide[]; links: string[] }> {
  const { dialect, url, body, contentType, fetchedAt, licence, selector } = page;
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const text = decodeText(body, contentType);
  const { title, markdown, links } = await contentOf(type, { html: text, address: url, selector }, parser);
  const id = pageId(dialect, url);
  const guides = guidesOfPage({ dialect, id, title, markdown, source: url, licence, fetchedAt }, reader);
  return { guides, links };
}

async function contentOf(type: string, request: ParseRequest, parser: PageParser): Promise<MainContent> {
  const { html: text, address: url } = request;
  switch (type) {
    case 'text/html':
    case 'application/xhtml+xml':
      return orAddress(await parser.parse(request), url);
    case 'text/markdown':
    case 'text/x-markdown':
    case 'text/plain': {
      const title = /^#\s+(.+)$/m.exec(text)?.[1]?.trim() ?? '';
      return orAddress({ title, markdown: text, links: linksOfMarkdown(text, url) }, url);
    }
    default:
      throw new FetchRefused('media-type', `the page is ${type || 'of no stated type'}, neither HTML nor Markdown`);
  }
}

function orAddress<T extends { title: string }>(content: T, url: string): T {
  return content.title ? content : { ...content, title: new URL(url).pathname };
}

function linksOfMarkdown(markdown: string, url: string): string[] {
  const targets = [...markdown.matchAll(/\]\(\s*<?([^)\s>]+)/g)].map(([, target]) => target ?? '');
  const links = targets.filter((target) => URL.canParse(target, url)).map((target) => new URL(target, url));
  return [...new Set(links.map((link) => link.href.replace(/#.*$/, '')))];
}

/** The start of the ids of a page's guides: `sqlite/www.sqlite.org/lang_datefunc.html`. The scheme makes no difference. */
export function pageId(dialect: string, url: string): string {
  const { host, pathname, search } = new URL(url);
  return `${dialect}/${host}${pathname.replace(/\/$/, '')}${search}`;
}
