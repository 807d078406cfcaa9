type Attribute = string | number | boolean | null | EventListener;
type Child = Node | string | number | null;

/**
 * An element with attributes and children. Whatever is given as text stays text: no value of a database or a model is read as markup.
 * An attribute that is false or null is left out; one that begins with `on` and is a function listens.
 *
 * @example element('button', { type: 'button', onclick: run }, 'Run')
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, Attribute> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.replace(/^on/, ''), value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false && value !== null) made.setAttribute(name, String(value));
  }
  made.append(
    ...children.filter((child) => child !== null).map((child) => (child instanceof Node ? child : `${child}`)),
  );
  return made;
}

/** The page's element with this id, which the page is known to have. */
export function part<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page has no ${kind.name} called ${id}.`);
}
