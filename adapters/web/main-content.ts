import { Readability } from '@mozilla/readability';
import { parseDom, type DomDocument } from './dom.js';
import { toMarkdown } from './to-markdown.js';

export interface MainContent {
  title: string;
  markdown: string;
  /** Addresses that the page links to, absolute, without fragments, each once. */
  links: string[];
}

const FURNITURE = 'script, style, noscript, template, iframe, object, embed, nav, svg, form, button';

/**
 * Reduces an HTML page to its main content as Markdown. Scripts are never run: the page is parsed as data.
 * @param selector where the content is; without it, or where it matches nothing, readability decides, and the body as a whole is the last resort
 */
export function readMainContent(html: string, address: string, selector: string | null): MainContent {
  const document = parseDom(html);
  const links = linksOf(document, address);
  const title = titleOf(document);
  for (const element of document.querySelectorAll(FURNITURE)) element.remove();
  const chosen = selector ? [...document.querySelectorAll(selector)] : [];
  const content = chosen.length > 0 ? chosen.map((element) => element.outerHTML).join('\n') : readableOf(document);
  return { title, markdown: toMarkdown(content), links };
}

function readableOf(document: DomDocument): string {
  const whole = document.body?.innerHTML ?? '';
  // Readability changes the document it is given.
  const copy = parseDom(whole);
  const article = new Readability(copy as never, { charThreshold: 200, keepClasses: true }).parse();
  return article?.content ?? whole;
}

function titleOf(document: DomDocument): string {
  const clean = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim();
  return clean(document.querySelector('title')?.textContent) || clean(document.querySelector('h1')?.textContent);
}

function linksOf(document: DomDocument, address: string): string[] {
  const base = document.querySelector('base[href]')?.getAttribute('href');
  const from = base && URL.canParse(base, address) ? new URL(base, address).href : address;
  const links = new Set<string>();
  for (const anchor of document.querySelectorAll('a[href]')) {
    const href = anchor.getAttribute('href') ?? '';
    if (!URL.canParse(href, from)) continue;
    const url = new URL(href, from);
    url.hash = '';
    links.add(url.href);
  }
  return [...links];
}
