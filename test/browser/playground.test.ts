import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFeedbackFile } from '../../adapters/feedback/feedback-file.js';
import { openPostgres, type Database } from '../../adapters/postgres/database.js';
import { writeDescription } from '../../adapters/onnx/model-description.js';
import { promptRow } from '../../core/prompt/prompt-form.js';
import { openDatabase } from '../../dialects/open-database.js';
import { dialects } from '../../dialects/registry.js';
import { loadConfig, requireStack } from '../../schema/config.js';
import { chromiumPath, openBrowser } from '../support/chromium.js';
import { sqliteFile } from '../support/sqlite-file.js';
import { canTrain, makeTinyModel, type TinyModel } from '../support/tiny-model.js';

if (!chromiumPath)
  console.warn('Skipped: the playground in a browser, because no Chromium was found. Set CHROMIUM to one.');
if (!canTrain) console.warn('Skipped: the playground in a browser, because the trainer is not installed.');

const bin = resolve(import.meta.dirname, '../../bin/dialectic');
const key = 'a key of this test';

const hostile = `<img src=x onerror="window.hacked='value'"></script><script>window.hacked='script'</script>`;
const shop = `
  CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT, "odd ""name" TEXT);
  INSERT INTO customers VALUES (1, 'Ada', 'Turin', NULL), (2, 'Grace', NULL, ''), (3, '${hostile.replaceAll("'", "''")}', 'Oslo', 'x');
  CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (id), total REAL);
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
  INSERT INTO orders SELECT i, i % 3 + 1, i * 1.25 FROM n;
  CREATE TABLE "<b onclick=alert(1)>bold</b>" ("<i>x</i>" TEXT);
  INSERT INTO "<b onclick=alert(1)>bold</b>" VALUES ('<script>window.hacked=1</script>');`;
/** What the model learns by heart. */
const lessons = [
  { question: 'How many customers are there?', sql: 'SELECT COUNT(*) FROM customers' },
  { question: 'List the name of all customers', sql: 'SELECT name FROM customers' },
  { question: 'Show the city of all customers', sql: 'SELECT city FROM customers' },
  { question: 'How many orders are there?', sql: 'SELECT COUNT(*) FROM orders' },
];

describe.skipIf(!chromiumPath || !canTrain)('the playground', () => {
  const home = mkdtempSync(join(tmpdir(), 'dialectic-playground-'));
  let model: TinyModel;
  let server: ChildProcess;
  let url: string;
  let browser: Browser;
  let postgres: Database;
  let page: Page;
  /** Anything that a page must never do: run foreign script, break its policy, ask another server. */
  const complaints: string[] = [];

  beforeAll(async () => {
    const file = join(home, 'shop.sqlite');
    writeFileSync(file, await sqliteFile(shop));
    const fading = await makeFading();
    model = await makeTinyModel({ maxPositions: 256, mixture: true, taught: await rowsOf(file) });
    await writeDescription(model.mixture, {
      ...{ id: 'tiny-mixture', kind: 'mixture', promptForm: 'linked', dialects: ['sqlite'], experts: ['one', 'two'] },
    });
    server = spawn(
      process.execPath,
      [bin, 'serve', '--json', '--model', model.mixture, '--database', file, '--database', fading, '--port', '0'],
      { env: { ...process.env, DIALECTIC_HOME: home, DIALECTIC_API_KEY: key }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = (await once(createInterface(server.stdout!), 'line')) as [string];
    url = (JSON.parse(line) as { address: string }).address;
    browser = await openBrowser();
    page = await openPage();
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    if (server && server.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    await postgres?.query('DROP DATABASE IF EXISTS fading WITH (FORCE)').then(() => postgres.close());
    await model?.remove();
    rmSync(home, { recursive: true, force: true });
  });

  /** A database on the stack's server, which the server under test only knows by its address. */
  async function makeFading(): Promise<string> {
    const { url } = requireStack(loadConfig()).postgres;
    postgres = openPostgres(url);
    await postgres.query('CREATE DATABASE fading');
    const address = new URL(url);
    address.pathname = '/fading';
    const inside = openPostgres(address.href);
    await inside.query('CREATE TABLE orders AS SELECT * FROM (VALUES (1), (2)) AS made (id)');
    await inside.close();
    return address.href;
  }

  /** A new tab, past the question for the key. */
  async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const opened = await context.newPage();
    opened.on('pageerror', (error) => complaints.push(error.message));
    opened.on('console', (message) => {
      // Chromium's own editing writes style attributes into the editor; the policy strikes them out, and nothing is lost.
      const ofEditing = message.text().startsWith('Applying inline style');
      if (/policy|refused to/i.test(message.text()) && !ofEditing) complaints.push(message.text());
    });
    opened.on('request', (request) => {
      if (!request.url().startsWith(url) && !request.url().startsWith('data:')) complaints.push(request.url());
    });
    opened.on('dialog', (dialog) => complaints.push(dialog.message()));
    await opened.goto(url);
    await opened.locator('#key').fill(key);
    await opened.locator('#key').press('Enter');
    await opened.locator('#schema-tables summary').first().waitFor({ state: 'attached' });
    return opened;
  }

  const status = () => page.locator('#status').textContent();
  const problem = () => page.locator('#problem').textContent();

  async function ask(question: string): Promise<void> {
    await page.locator('#question').fill(question);
    await page.locator('#question').press('Enter');
    await settled();
  }
  /** Into the editor, as keys and the clipboard would. */
  async function write(sql: string): Promise<void> {
    await page.locator('.cm-content').press('ControlOrMeta+a');
    await page.keyboard.insertText(sql);
  }
  async function run(sql: string): Promise<void> {
    await write(sql);
    await page.keyboard.press('ControlOrMeta+Enter');
    await settled();
  }
  const settled = () => page.locator('#answer[aria-busy=false]').waitFor();
  const cells = () => page.locator('#result tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent))); // prettier-ignore

  it('answers a question: statement, rows, linked words, experts and times', async () => {
    await page.locator('#database').selectOption('shop');
    await ask('How many customers are there?');
    expect(await page.locator('.cm-content').innerText()).toBe('SELECT COUNT(*) FROM customers');
    expect(await cells()).toEqual([['3']]);
    expect(await status()).toBe('Done: 1 row.');
    expect(await page.locator('#linked mark.table').textContent()).toContain('customers');
    expect(await page.locator('#timings').textContent()).toMatch(/link .*decode .*execute/);
    expect(await page.locator('#routing-legend li').count()).toBe(2);
    const first = page.locator('#routing-answer .token').first();
    await first.focus();
    expect(await page.locator('#routing-detail').textContent()).toMatch(/one \d+ %, two \d+ %/);
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('#routing-answer .token').nth(1).evaluate((token) => token === document.activeElement)).toBe(true); // prettier-ignore
    await screenshot('answer');
  });

  it('runs a statement that a person wrote, a page of rows at a time', async () => {
    await run('SELECT o.id, o.total, c.city FROM orders o JOIN customers c ON c.id = o.customer_id ORDER BY o.id');
    expect(await page.locator('#result-count').textContent()).toBe(
      'Rows 1 to 50 of 1,000 rows. The result has more; only these were fetched.',
    );
    expect((await cells())[0]).toEqual(['1', '1.25', 'NULL']);
    const aligned = page.locator('#result tbody tr').first().locator('td');
    expect(await aligned.evaluateAll((all) => all.map((cell) => getComputedStyle(cell).textAlign))).toEqual([
      ...['right', 'right', 'left'],
    ]);
    expect(await page.locator('#result .null').count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Next' }).click();
    expect((await cells())[0]![0]).toBe('51');
    expect(await page.locator('.cm-content .tok-keyword').count()).toBeGreaterThan(3);
  });

  it('shows what is hostile as the text that it is', async () => {
    await run('SELECT * FROM customers');
    expect((await cells())[2]![1]).toBe(hostile);
    await ask(`${hostile} customers ${hostile}`);
    await page.locator('#schema-filter').fill('bold');
    await page.locator('#schema-tables .name').last().click();
    expect(await page.locator('.cm-content').innerText()).toContain('"<i>x</i>"');
    await run('SELECT "<i>x</i>" FROM "<b onclick=alert(1)>bold</b>"');
    expect(await cells()).toEqual([['<script>window.hacked=1</script>']]);
    await page.locator('#schema-filter').fill('');
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(await page.locator('main img, main script, #history-list img').count()).toBe(0);
  });

  it('refuses a statement that writes, and says what to do instead', async () => {
    for (const sql of ['DELETE FROM customers', 'SELECT 1; DROP TABLE customers', "ATTACH DATABASE 'x' AS y"]) {
      // prettier-ignore
      await run(sql);
      expect(await problem()).toMatch(/was not run, because it would do more than read.*Write one query/);
    }
    await run('SELECT nmae FROM customers');
    expect(await problem()).toMatch(/no such column.*customers\.name/);
    await run('SELECT COUNT(*) FROM customers');
    expect(await cells()).toEqual([['3']]);
    expect(await page.locator('#problem').isHidden()).toBe(true);
  });

  it('stops a statement that takes too long, and stays of use', async () => {
    const slow = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n';
    await write(slow);
    await page.locator('#run').click();
    await page.locator('#stop').waitFor();
    expect(await status()).toBe('Running …');
    await page.locator('#question').fill('typed meanwhile');
    await settled();
    expect(await problem()).toMatch(/ran longer than 5 s and was stopped.*Narrow it/);
    await page.locator('.cm-content').press('ControlOrMeta+Enter');
    await page.keyboard.press('Escape');
    await settled();
    expect(await status()).toBe('Stopped.');
    await run('SELECT 1 AS one');
    expect(await cells()).toEqual([['1']]);
  });

  it('says so when a database has gone, and goes on with the others', async () => {
    await page.locator('#database').selectOption('fading');
    await page.locator('#schema-tables summary', { hasText: 'orders' }).waitFor();
    await run('SELECT COUNT(*) FROM orders');
    expect(await cells()).toEqual([['2']]);
    await postgres.query('DROP DATABASE fading WITH (FORCE)');
    await run('SELECT COUNT(*) FROM orders');
    expect(await problem()).toMatch(/\w+\. ?\w+.*\./);
    expect(await cells()).toEqual([]);
    await page.locator('#database').selectOption('shop');
    await run('SELECT COUNT(*) FROM orders');
    expect(await cells()).toEqual([['1200']]);
  });

  it('keeps votes and corrections on the disk', async () => {
    await ask('List the name of all customers');
    await page.getByRole('button', { name: 'Right', exact: true }).click();
    await page.getByText('your vote is saved').waitFor();
    expect(await page.locator('#save-correction').isDisabled()).toBe(true);
    await run('SELECT name FROM customers ORDER BY name');
    await page.getByRole('button', { name: 'Save the corrected SQL' }).click();
    await page.getByText('saved as the right one').waitFor();
    expect(await createFeedbackFile(join(home, 'feedback.jsonl')).list()).toMatchObject([
      { question: 'List the name of all customers', sql: 'SELECT name FROM customers', vote: 'up', correctedSql: null },
      { vote: 'down', correctedSql: 'SELECT name FROM customers ORDER BY name', outcome: 'rows', database: 'shop' },
    ]);
  });

  it('brings back what was asked before', async () => {
    await page.locator('#history-list button', { hasText: 'List the name' }).last().click();
    expect(await page.locator('#question').inputValue()).toBe('List the name of all customers');
    expect(await page.locator('.cm-content').innerText()).toBe('SELECT name FROM customers');
  });

  it('can be walked through with the keyboard alone', async () => {
    const walked = await openPage();
    await walked.locator('body').press('Tab');
    const places: string[] = [];
    for (let step = 0; step < 40; step += 1) {
      places.push(
        await walked.evaluate(() => {
          const { activeElement: at } = document;
          const outline = getComputedStyle(at!.closest('.cm-editor') ?? at!).outlineStyle;
          return `${at!.id || at!.className || at!.tagName.toLowerCase()}${outline === 'none' ? ' WITHOUT FOCUS RING' : ''}`;
        }),
      );
      if (places.at(-1) === 'run') break;
      await walked.keyboard.press('Tab');
    }
    expect(places.filter((place) => place.endsWith('RING'))).toEqual([]);
    const order = ['skip', 'key-open', 'help-open', 'schema-filter', 'model', 'database', 'samples', 'question', 'ask', 'cm-content', 'run']; // prettier-ignore
    const stops = places.map((place) => place.split(' ')[0]!);
    expect(order.map((stop) => stops.indexOf(stop))).toEqual(order.map((stop) => stops.indexOf(stop)).sort((a, b) => a - b)); // prettier-ignore
    expect(order.filter((stop) => !stops.includes(stop))).toEqual([]);

    await walked.keyboard.press('?');
    expect(await walked.locator('#help-dialog').isVisible()).toBe(true);
    await walked.keyboard.press('Escape');
    await walked.keyboard.press('/');
    await walked.keyboard.type('How many orders are there?');
    await walked.keyboard.press('Enter');
    await walked.locator('#result table').waitFor();
    await walked.locator('#ask').focus();
    await walked.keyboard.press('r');
    expect(await walked.locator('#result .scroller').evaluate((table) => table === document.activeElement)).toBe(true);
    await walked.keyboard.press('e');
    await walked.keyboard.press('ControlOrMeta+a');
    await walked.keyboard.type('SELECT 42 AS answer');
    await walked.keyboard.press('ControlOrMeta+Enter');
    await walked.getByText('42', { exact: true }).last().waitFor();
    await walked.context().close();
  });

  it.each([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['on a phone', { viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' }],
    ['zoomed in twice', { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }],
  ] as [string, BrowserContextOptions][])('is accessible, %s', async (name, options) => {
    page = await openPage(options);
    await ask('Show the city of all customers');
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
    const check = async (): Promise<unknown> => {
      await page.evaluate(axe.source);
      return page.evaluate(async () => {
        const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }; // prettier-ignore
        return (await axe.run()).violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
      });
    };
    expect(await check()).toEqual([]);
    await run('DELETE FROM customers');
    await page.locator('#help-open').click();
    expect(await check()).toEqual([]);
    await page.keyboard.press('Escape');
    const [width, wide] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(width).toBeLessThanOrEqual(wide!);
    await screenshot(name.replaceAll(' ', '-'));
    await page.context().close();
  });

  it('answers no other site, and nothing without the key', async () => {
    const post = (path: string, headers: Record<string, string>, body = '{"database":"shop","sql":"SELECT 1"}') =>
      fetch(`${url}${path}`, { method: 'POST', body, headers: { authorization: `Bearer ${key}`, ...headers } });
    const json = { 'content-type': 'application/json' };
    expect((await post('/api/run', json)).status).toBe(200);
    expect((await post('/api/run', { ...json, origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await post('/api/run', { ...json, origin: 'null' })).status).toBe(403);
    expect((await post('/api/run', { ...json, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post('/api/run', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post('/api/run', { ...json, authorization: 'Bearer wrong' })).status).toBe(401);
    const wrong = await post('/api/run', json, '{"database":"shop","sql":"SELECT 1","more":1}');
    expect([wrong.status, await wrong.json()]).toMatchObject([400, { what: expect.stringContaining('more'), remedy: expect.any(String) }]); // prettier-ignore
    for (const path of ['/api/models', '/api/databases', '/api/databases/shop/schema'])
      expect((await fetch(`${url}${path}`)).status).toBe(401);
    const { headers } = await fetch(url);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self';/);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('ran no foreign script, broke no policy and asked no other server', () => {
    expect(complaints).toEqual([]);
  });

  /** Pictures for docs/images, made where DIALECTIC_SCREENSHOTS names a folder. */
  async function screenshot(name: string): Promise<void> {
    const folder = process.env.DIALECTIC_SCREENSHOTS;
    if (folder) await page.screenshot({ path: join(folder, `playground-${name}.png`), fullPage: true });
  }
});

async function rowsOf(file: string): Promise<{ prompt: string; completion: string }[]> {
  const session = await openDatabase({ name: 'shop', dialect: 'sqlite', url: file });
  try {
    const schema = await session.introspect();
    const dialect = dialects['sqlite']!.manifest;
    return lessons.map((lesson) => promptRow('linked', { ...lesson, schema, dialect })!);
  } finally {
    await session.close();
  }
}
