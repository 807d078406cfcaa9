import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import type { Client } from '@temporalio/client';
import { connectClient } from '../../adapters/temporal/connect.js';
import type { LifecycleResult, ScrapeGuidesResult } from '../../core/contract.js';
import { startEverything } from '../../cli/bring-up.js';
import { stopWorkers } from '../../deploy/local/workers.js';
import { createOutput } from '../../cli/output.js';
import { loadConfig, requireStack } from '../../schema/config.js';
import { chromiumPath, openBrowser } from '../support/chromium.js';

if (!chromiumPath)
  console.warn('Skipped: the Temporal UI in a browser, because no Chromium was found. Set CHROMIUM to one.');

describe.skipIf(!chromiumPath)('a person at the Temporal UI', () => {
  let browser: Browser;
  let page: Page;
  let client: Client;
  let ui: string;

  beforeAll(async () => {
    const quiet = createOutput({ json: false, quiet: true, input: false });
    await startEverything({ workers: true, pools: 'control,io' }, quiet);
    const { temporal } = requireStack(loadConfig());
    ui = temporal.ui!;
    client = await connectClient(temporal);
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  });

  afterAll(async () => {
    await browser?.close();
    await client?.connection.close();
    await stopWorkers();
  });

  /** Fills in the UI's form as a person would, and waits for the workflow's end. */
  async function startByForm<T>(id: string, workflow: string, input: object): Promise<T> {
    await page.goto(`${ui}/namespaces/default/workflows/start-workflow`);
    await page.locator('#workflowId').fill(id);
    await page.locator('#taskQueue').fill('control');
    await page.locator('#workflowType').fill(workflow);
    // As pasted: the editor would close brackets of typed text by itself.
    await page.locator('[contenteditable=true]').first().fill(JSON.stringify(input));
    // On leaving the editor the text is laid out anew and the button moves down.
    await page.locator('#workflowId').focus();
    await page.waitForTimeout(500);
    await screenshot(page, `start-${id.replace('/', '-')}`);
    await page.getByTestId('start-workflow-button').last().click();
    await expect
      .poll(
        async () =>
          client.workflow
            .getHandle(id)
            .describe()
            .then(
              () => true,
              () => false,
            ),
        { timeout: 30_000 },
      )
      .toBe(true);
    return client.workflow.getHandle(id).result() as Promise<T>;
  }

  it('starts one stage with a line of JSON', async () => {
    const result = await startByForm<ScrapeGuidesResult>('scrapeGuides/by-hand', 'scrapeGuides', { dialect: 'sqlite' });
    expect(result.report.out).toBeGreaterThanOrEqual(12);
  });

  it('starts a lifecycle, and the page of the run says in words what it does', async () => {
    const spec = { dialects: ['sqlite', 'postgres'], databases: { known: ['sample:retail'] } };
    const input = { name: 'by-hand', spec, only: 'seeds' };
    const result = await startByForm<LifecycleResult>('lifecycle/by-hand', 'lifecycle', input);
    expect(result.stages.map(({ stage }) => stage)).toEqual(expect.arrayContaining(['scrape', 'seeds']));
    await page.goto(`${ui}/namespaces/default/workflows/lifecycle%2Fby-hand`);
    await page.getByText('Dataset of sqlite').first().waitFor({ timeout: 60_000 });
    await screenshot(page, 'temporal-run');
  });

  it('refuses bad input at once, naming the field and the remedy', async () => {
    const input = { name: 'bad', spec: { dialects: ['klingon'], databases: { known: ['sample:retail'] } } };
    const failure = await startByForm('lifecycle/bad', 'lifecycle', input).catch((error: unknown) => error);
    const reasons: string[] = [];
    for (let cause = failure; cause instanceof Error; cause = cause.cause) reasons.push(cause.message);
    expect(reasons.join('\n')).toMatch(/dialects/);
    expect(reasons.join('\n')).toMatch(/sqlite/);
  });
});

/** Pictures for docs/images, made where DIALECTIC_SCREENSHOTS names a folder. */
async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.DIALECTIC_SCREENSHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}
