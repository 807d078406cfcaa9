import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { trusted, type Markup } from './html.js';

/** Colours of series, set by the page's style for light and dark. */
export const seriesColor = (index: number): string => `var(--s${index % 6})`;

/** A chart as SVG, drawn here and now: the page runs no script. */
export function draw(options: Plot.PlotOptions): Markup {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = Plot.plot({
    document,
    style: { background: 'transparent', fontSize: '12px', overflow: 'visible', fontFamily: 'inherit' },
    ...options,
  });
  return trusted(svg.outerHTML);
}

export { Plot };
