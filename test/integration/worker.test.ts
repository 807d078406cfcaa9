import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { startWorkers, stopWorkers, workerStatus } from '../../deploy/local/workers.js';
import { projectRoot } from '../../schema/home.js';
import { WorkerProcess } from '../support/worker-process.js';

let folder: string;
let worker: WorkerProcess;

/** Runs a command as a user does. */
function dialectic(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(projectRoot(), 'bin', 'dialectic'), ...args], (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

const file = (name: string, value: unknown): string => {
  writeFileSync(join(folder, name), JSON.stringify(value));
  return join(folder, name);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dialectic-worker-'));
  worker = new WorkerProcess('control,io');
});

afterAll(async () => {
  expect(await worker.stop()).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});

describe('a worker process', () => {
  it('serves a workflow that is started from the command line with a line of JSON', async () => {
    const { code, stdout } = await dialectic(
      'start',
      'scrapeGuides',
      '--input',
      file('guides.json', { dialect: 'sqlite' }),
      '--json',
    );
    expect(code).toBe(0);
    const document = JSON.parse(stdout.trim().split('\n').at(-1)!) as { status: string; report: { out: number } };
    expect(document.status).toBe('completed');
    expect(document.report.out).toBeGreaterThanOrEqual(12);
  }, 120_000);

  it('costs nothing downstream when nothing changed', async () => {
    const { stdout } = await dialectic('guides', 'scrape', 'sqlite', '--json');
    expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toMatchObject({
      report: { reused: true, figures: { new: 0, changed: 0 } },
    });
  }, 120_000);

  it('refuses bad input with exit code 2, one sentence of what and one of the remedy', async () => {
    const { code, stdout } = await dialectic(
      'start',
      'scrapeGuides',
      '--input',
      file('bad.json', { dialect: 'oracle' }),
      '--json',
    );
    expect(code).toBe(2);
    expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toMatchObject({
      what: expect.stringContaining('there is no dialect "oracle"') as string,
      remedy: 'Correct dialect.',
    });
  }, 120_000);

  it('is seen in the list of runs', async () => {
    const { stdout } = await dialectic('list', '--json');
    const runs = JSON.parse(stdout) as { run: string; status: string }[];
    expect(runs.find(({ run }) => run === 'scrapeGuides/sqlite')?.status).toBe('completed');
  });

  it('runs what a schedule starts', async () => {
    const input = file('scheduled.json', { dialect: 'postgres' });
    expect(
      (await dialectic('schedule', 'create', 'nightly', 'scrapeGuides', '--cron', '0 3 * * *', '--input', input)).code,
    ).toBe(0);
    expect(
      (await dialectic('schedule', 'create', 'nightly', 'scrapeGuides', '--cron', '0 3 * * *', '--input', input)).code,
    ).toBe(2);
    expect(
      (await dialectic('schedule', 'create', 'never', 'scrapeGuides', '--cron', 'sometimes', '--input', input)).code,
    ).toBe(2);
    const { stdout } = await dialectic('schedule', 'list', '--json');
    expect(JSON.parse(stdout)).toMatchObject([{ schedule: 'nightly', workflow: 'scrapeGuides', paused: false }]);
    expect((await dialectic('schedule', 'trigger', 'nightly')).code).toBe(0);
    for (;;) {
      const runs = JSON.parse((await dialectic('list', '--json')).stdout) as { run: string; status: string }[];
      if (runs.some(({ run, status }) => run.startsWith('scrapeGuides/nightly') && status === 'completed')) break;
    }
    expect((await dialectic('schedule', 'delete', 'nightly')).code).toBe(0);
    expect((await dialectic('schedule', 'delete', 'nightly')).code).toBe(3);
  }, 180_000);

  it('does not know a run that nobody started', async () => {
    expect((await dialectic('watch', 'nobody')).code).toBe(3);
    expect((await dialectic('pause', 'nobody')).code).toBe(3);
  });

  it('is replaced by one that serves more pools of its group where more are wanted, and kept otherwise', async () => {
    try {
      await startWorkers(['llm']);
      const [first] = workerStatus();
      expect(first!.pools).toEqual(['llm']);
      await startWorkers(['io']);
      const [second] = workerStatus();
      expect(second!.pools).toEqual(['io', 'llm']);
      expect(second!.pid).not.toBe(first!.pid);
      await startWorkers(['io', 'llm']);
      expect(workerStatus()).toEqual([second]);
    } finally {
      await stopWorkers();
    }
  }, 60_000);

  it('is waited for by a run that is to end, and the command says so', async () => {
    const stopped = await worker.stop();
    expect(stopped).toBe(0);
    await dialectic('start', 'scrapeGuides', '--input', file('late.json', { dialect: 'duckdb' }), '--detach');
    const cancelling = dialectic('cancel', 'scrapeGuides/duckdb');
    await sleep(15_000);
    worker = new WorkerProcess('control,io');
    const { code, stderr, stdout } = await cancelling;
    expect(code).toBe(0);
    expect(stderr).toContain('no worker serves the pool control');
    expect(stdout).toMatch(/scrapeGuides\/duckdb: (cancelled|canceled)/);
  }, 90_000);

  it('ends with a word when it is asked for a pool that does not exist', async () => {
    const { code, stderr } = await dialectic('worker', 'gpus');
    expect(code).toBe(2);
    expect(stderr).toMatch(/There is no pool "gpus"\.\nName one or more of control,io,llm,sql,gpu,eval\./);
  });
});
