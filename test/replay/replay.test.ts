import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleWorkflows } from '../../workers/bundle.js';

const folder = fileURLToPath(new URL('./histories/', import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const { History } = proto.temporal.api.history.v1;

const read = (file: string) => {
  const record = JSON.parse(readFileSync(`${folder}${file}`, 'utf8')) as { workflowId: string; history: string };
  return { workflowId: record.workflowId, history: History.decode(Buffer.from(record.history, 'base64')) };
};

describe('workflow code', () => {
  let workflowBundle: WorkflowBundleOption;

  beforeAll(async () => {
    workflowBundle = await bundleWorkflows();
  }, 120_000);

  it('is held to histories of every kind of workflow', () => {
    expect(files.length).toBeGreaterThanOrEqual(11);
  });

  it.each(files)('goes the way that was recorded in %s', async (file) => {
    const { workflowId, history } = read(file);
    await Worker.runReplayHistory({ workflowBundle }, history, workflowId);
  });

  it('that goes another way is noticed', async () => {
    const { history } = read('scrapeGuides-recorded.json');
    history.events[0]!.workflowExecutionStartedEventAttributes!.workflowType!.name = 'expandTemplates';
    await expect(Worker.runReplayHistory({ workflowBundle }, history, 'another')).rejects.toThrow(
      /nondeterminism|Nondeterminism/i,
    );
  });
});
