import type { PageReader } from '../../core/guides/guides-of-page.js';
import { decodeText } from './decode-text.js';
import { FetchRefused } from './fetch-refused.js';
import type { PageParser } from './page-parser.js';
import type { ParsedPage, ParseRequest } from './parse-page.js';

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
  { body, contentType, ...page }: FetchedPage,
  reader: Pick<PageReader, 'vocabulary' | 'maxWords'>,
  parser: PageParser,
): Promise<ParsedPage> {
  const form = formOf(contentType);
  const vocabulary = [...reader.vocabulary];
  return parser.parse({
    ...page,
    ...{ form, text: decodeText(body, contentType), vocabulary, maxWords: reader.maxWords ?? null },
  });
}

function formOf(contentType: string): ParseRequest['form'] {
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  switch (type) {
    case 'text/html':
    case 'application/xhtml+xml':
      return 'html';
    case 'text/markdown':
    case 'text/x-markdown':
    case 'text/plain':
      return 'markdown';
    default:
      throw new FetchRefused('media-type', `the page is ${type || 'of no stated type'}, neither HTML nor Markdown`);
  }
}
