import { html, type Markup } from './html.js';

/** A figure of a page's head. */
export interface Tile {
  value: string;
  unit?: string | null;
  label: string;
}

export const tileRow = (tiles: readonly Tile[]): Markup =>
  html`<div class="tiles">
    ${tiles.map(({ value, unit, label }) => html`<div class="tile"><b>${value}${unit && html`<small> ${unit}</small>`}</b><span>${label}</span></div>`)}
  </div>`;
