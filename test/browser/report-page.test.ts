import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { compareReports } from '../../core/compare-reports/compare-reports.js';
import { renderComparison } from '../../web/diff/render-comparison.js';
import { renderReport } from '../../web/report/render-report.js';
import { chromiumPath, openBrowser } from '../support/chromium.js';
import { full } from '../support/reports.js';

if (!chromiumPath)
  console.warn('Skipped: the report in a browser, because no Chromium was found. Set CHROMIUM to one.');

const pages = {
  report: renderReport(full),
  comparison: renderComparison(compareReports(full, { ...full, spec: { seed: 2 } })),
};

describe.skipIf(!chromiumPath)('a reader of the report', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dialectic-report-'));
  let browser: Browser;

  beforeAll(async () => {
    for (const [name, html] of Object.entries(pages)) writeFileSync(join(folder, `${name}.html`), html);
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(name: string, width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    return page;
  }

  const looks = Object.keys(pages).flatMap((name) =>
    [1400, 768, 360].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ name, width, scheme }))),
  );

  it.each(looks)('$name at $width px, $scheme: nothing is wider than the page, all can be read', async ({ name, width, scheme }) => {
    const page = await open(name, width, scheme);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    // On a phone rows are blocks: no table but an example's result scrolls sideways.
    expect(await page.evaluate(scrollingTables)).toEqual([]);
    expect(await page.evaluate(faintTexts)).toEqual([]);
    await page.close();
  });

  it('is gone through by the keyboard, and prints without its navigation', async () => {
    const page = await open('report', 1400, 'light');
    const reached = new Set<string>();
    for (let press = 0; press < 40; press += 1) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate<string>('document.activeElement.tagName'));
    }
    expect([...reached]).toEqual(expect.arrayContaining(['A', 'DIV', 'SUMMARY']));
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav').isVisible()).toBe(false);
    await page.close();
  });
}); // prettier-ignore

const scrollingTables = `[...document.querySelectorAll('.scroll')]
  .filter((box) => !box.closest('.example') && !box.querySelector('.maps') && box.scrollWidth > box.clientWidth + 1)
  .map((box) => box.getAttribute('aria-label'))`;

/** Texts whose contrast with what is behind them is below 4.5 (WCAG 2.2, 1.4.3), but for those struck out and of charts. */
const faintTexts = `(() => {
  const channels = (color) => {
    const numbers = color.match(/[-\\d.]+(?:e-?\\d+)?/g).map(Number);
    const scale = color.startsWith('color(') ? 255 : 1;
    const rgb = numbers.slice(0, 3).map((value) => value * scale);
    return [...rgb, numbers[3] ?? 1];
  };
  const over = (top, under) => [0, 1, 2].map((at) => top[at] * top[3] + under[at] * (1 - top[3])).concat(1);
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.unshift(channels(getComputedStyle(at).backgroundColor));
    return layers.reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const luminance = (rgb) => rgb.slice(0, 3)
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
  const faint = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest('svg, style, .none')) continue;
    let opacity = 1;
    for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    const back = behind(element);
    const color = channels(getComputedStyle(element).color);
    const [a, b] = [over([...color.slice(0, 3), color[3] * opacity], back), back].map(luminance);
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) faint.add(element.tagName + '.' + element.className + ' ' + contrast.toFixed(2));
  }
  return [...faint];
})()`;
