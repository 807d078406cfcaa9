/**
 * Records the histories that the replay test holds new workflow code to:
 *
 *     npx tsx test/replay/record-histories.ts
 *
 * Run it when a workflow is changed on purpose, and commit what it writes with the change. With names of workflows it records
 * those alone.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';
import { artifact, mockActivities } from '../support/mocked-activities.js';
import { openWorkflowEnvironment } from '../support/workflow-environment.js';

const folder = fileURLToPath(new URL('./histories/', import.meta.url));
const databases = { known: ['sample:retail'], unseen: ['sample:bank'] };
const populate = { seedPairs: 20, pairs: 40, unseenPairs: 10, batch: 20 };

const all: Record<string, object> = {
  lifecycle: { spec: { name: 'recorded', dialects: ['sqlite', 'postgres'], databases, populate } },
  scrapeGuides: { dialect: 'sqlite' },
  extractSeeds: { dialect: 'sqlite' },
  expandTemplates: { dialect: 'sqlite' },
  populatePairs: { dialect: 'sqlite', databases, plan: populate },
  checkPairs: { dialect: 'sqlite', databases, pairs: [artifact('one'), artifact('two')] },
  experiment: {
    spec: {
      name: 'recorded',
      experiment: {
        seeds: [1, 2],
        base: { dialects: ['sqlite', 'postgres'], databases, populate, evaluate: { alsoDialects: ['bigquery'] } },
        arms: { keyword: {}, generalist: { merge: { method: 'generalist' } }, experts: { merge: { method: 'none' } } },
      },
    },
  },
};

const wanted = process.argv.slice(2);
const inputs = Object.fromEntries(
  Object.entries(all).filter(([workflow]) => wanted.length === 0 || wanted.includes(workflow)),
);

const lifecycleParts = ['corpus/sqlite', 'corpus/sqlite/populate', 'train/base', 'merge', 'evaluate'].map(
  (part) => `lifecycle/recorded/${part}`,
);
/** A run whose merge is none, and one whose merge is a training. */
const experimentParts = ['generalist-1', 'generalist-1/merge', 'experts-2'].map(
  (part) => `experiment/recorded/${part}`,
);

const { environment, serve, close } = await openWorkflowEnvironment();
mkdirSync(folder, { recursive: true });
try {
  await serve(mockActivities().activities, async () => {
    for (const [workflow, input] of Object.entries(inputs)) {
      const workflowId = `${workflow}/recorded`;
      const handle = await environment.client.workflow.start(workflow, {
        workflowId,
        taskQueue: 'control',
        args: [input],
      });
      await handle.result();
    }
    const recorded = [
      ...Object.keys(inputs).map((workflow) => `${workflow}/recorded`),
      ...('lifecycle' in inputs ? lifecycleParts : []),
      ...('experiment' in inputs ? experimentParts : []),
    ];
    for (const workflowId of recorded) {
      const history = await environment.client.workflow.getHandle(workflowId).fetchHistory();
      const bytes = proto.temporal.api.history.v1.History.encode(history).finish();
      // Protocol buffers, for their JSON form needs one copy of protobufjs for all of the SDK's packages.
      const record = { workflowId, events: history.events?.length, history: Buffer.from(bytes).toString('base64') };
      writeFileSync(`${folder}${workflowId.replaceAll('/', '-')}.json`, `${JSON.stringify(record)}\n`);
    }
  });
} finally {
  await close();
}
