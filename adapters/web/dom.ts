import { parseHTML } from 'linkedom';

/** The part of the DOM that reading a page needs. The project compiles without the browser's types, which linkedom's own refer to. */
export interface DomElement {
  readonly tagName: string;
  readonly textContent: string | null;
  readonly outerHTML: string;
  readonly innerHTML: string;
  readonly children: Iterable<DomElement>;
  readonly childNodes: Iterable<DomElement>;
  readonly parentElement: DomElement | null;
  getAttribute(name: string): string | null;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
  append(...nodes: (DomElement | string)[]): void;
  replaceWith(node: DomElement): void;
  remove(): void;
}

export interface DomDocument {
  readonly body: DomElement | null;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
  createElement(tag: string): DomElement;
}

/** Parses HTML as data: nothing is run, nothing is loaded. A fragment gets the frame that linkedom does not make up. */
export function parseDom(html: string): DomDocument {
  const page = /<html[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`;
  return (parseHTML(page) as unknown as { document: DomDocument }).document;
}
