import TurndownService from 'turndown';
import { parseDom, type DomDocument, type DomElement } from './dom.js';

/** HTML as Markdown for reading: fenced code, tables as rows of cells, links as their text, no images. */
export function toMarkdown(html: string): string {
  const document = parseDom(html);
  for (const table of document.querySelectorAll('table')) flattenTable(table, document);
  return markdownWriter()
    .turndown(document.body as never)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function markdownWriter(): TurndownService {
  const writer = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-' });
  writer.addRule('preformatted', {
    filter: 'pre',
    replacement: (_content, node) => {
      const text = (node.textContent ?? '').replace(/^\n+|\s+$/g, '');
      const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
      return text ? `\n\n${fence}${languageOf(node as unknown as DomElement)}\n${text}\n${fence}\n\n` : '';
    },
  });
  writer.addRule('link', { filter: 'a', replacement: (content) => content });
  writer.addRule('image', { filter: 'img', replacement: () => '' });
  return writer;
}

/** What the class of the block or of the `code` in it says, as `language-sql`; nothing where it says nothing. */
function languageOf(pre: DomElement): string {
  const classes = `${pre.getAttribute('class') ?? ''} ${pre.querySelector('code')?.getAttribute('class') ?? ''}`;
  return /\blanguage-(\w+)/.exec(classes)?.[1] ?? /\b(sql)\b/i.exec(classes)?.[1]?.toLowerCase() ?? '';
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
