import { html, render, trusted, type Markup } from './html.js';
import { style } from './style.js';

interface Page {
  title: string;
  head: Markup;
  /** In their order, in the navigation too; those without a body have nothing to say and are left out. */
  sections: { id: string; title: string; body: Markup | null }[];
  footer?: Markup;
  /** Beside the style that all pages have. */
  extraStyle?: string;
  script?: string;
}

/** A page that fetches nothing, light or dark by the reader's setting: navigation on one side, everything else on the other. */
export function renderPage({ title, head, footer, extraStyle = '', script, ...page }: Page): string {
  const sections = page.sections.filter(({ body }) => body !== null);
  return render(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>${title}</title>
          <style>
            ${trusted(style)}${trusted(extraStyle)}
          </style>
        </head>
        <body>
          <div class="layout">
            <nav aria-label="Sections">
              <a class="brand" href="#top">Dialectic</a
              >${sections.map((section) => html`<a href="#${section.id}">${section.title}</a>`)}
            </nav>
            <main id="top">
              ${head} ${sections.map(({ body }) => body)} ${footer && html`<footer>${footer}</footer>`}
            </main>
          </div>
          ${
            script !== undefined &&
            html`<script>
              ${trusted(script)};
            </script>`
          }
        </body>
      </html> `,
  );
}
