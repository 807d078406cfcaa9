import TurndownService from 'turndown';
import { looksLikeSql } from '../../core/guides/looks-like-sql.js';
import { parseDom, type DomDocument, type DomElement } from './dom.js';

/** HTML as Markdown for reading: fenced code, tables as rows of cells, links as their text, no images. */
export function toMarkdown(html: string): string {
  const document = parseDom(html);
  for (const table of document.querySelectorAll('table')) flattenTable(table, document);
  for (const quote of [...document.querySelectorAll('blockquote')].reverse()) unwrapCode(quote, document);
  // Turndown joins blocks by one empty line; whatever is more stands inside code and stays.
  return markdownWriter()
    .turndown(document.body as never)
    .trim();
}

function markdownWriter(): TurndownService {
  const writer = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-' });
  writer.addRule('preformatted', {
    filter: 'pre',
    replacement: (_content, node) => {
      const text = (node.textContent ?? '').replace(/^\n+|\s+$/g, '');
      const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
      const language = languageOf(node as unknown as DomElement) || (looksLikeSql(text) ? 'sql' : '');
      return text ? `\n\n${fence}${language}\n${text}\n${fence}\n\n` : '';
    },
  });
  writer.addRule('link', { filter: 'a', replacement: (content) => content });
  writer.addRule('image', { filter: 'img', replacement: () => '' });
  return writer;
}

/**
 * What the class of the block, of the `code` in it or of the two elements around it says: `language-sql`, `lang-sql`, `highlight-sql`
 * (Sphinx); nothing where none says it.
 */
function languageOf(pre: DomElement): string {
  const around = [pre, pre.querySelector('code'), pre.parentElement, pre.parentElement?.parentElement ?? null];
  const classes = around.map((element) => element?.getAttribute('class') ?? '').join(' ');
  const named = /\b(?:language|lang|highlight-source|highlight)-(\w+)/.exec(classes)?.[1];
  return (named ?? /\b(sql)\b/i.exec(classes)?.[1])?.toLowerCase() ?? '';
}

/** Quotation marks before its lines would make code unreadable as such; manuals quote code only to indent it. */
function unwrapCode(quote: DomElement, document: DomDocument): void {
  if (quote.querySelector('pre') === null) return;
  const box = document.createElement('div');
  box.append(...quote.childNodes);
  quote.replaceWith(box);
}

/**
 * Turndown knows no tables, and cells of documentation hold whole paragraphs. A table that only lays out a page becomes its content;
 * one of short cells becomes lines of `cell | cell`.
 */
function flattenTable(table: DomElement, document: DomDocument): void {
  const box = document.createElement('div');
  const layout = table.querySelector('pre, table, h1, h2, h3, ul, ol') !== null;
  for (const row of table.querySelectorAll('tr')) {
    const cells = [...row.children].filter((cell) => /^T[DH]$/i.test(cell.tagName) && cell.textContent?.trim());
    if (layout) for (const cell of cells) box.append(...wrap(cell, document));
    else {
      const line = document.createElement('p');
      cells.forEach((cell, at) => {
        if (at > 0) line.append(' | ');
        line.append(...cell.childNodes);
      });
      box.append(line);
    }
  }
  table.replaceWith(box);
}

function wrap(cell: DomElement, document: DomDocument): DomElement[] {
  const block = document.createElement('div');
  block.append(...cell.childNodes);
  return [block];
}
