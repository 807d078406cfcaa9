import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../schema/config.js';
import { projectRoot } from '../schema/home.js';
import { startEverything } from './bring-up.js';
import { paint, type Output } from './output.js';
import { readDocument } from './read-document.js';
import { describeRun } from './run-document.js';
import { startRun } from './start-run.js';

/** The lifecycle of examples/quickstart.yaml on the local stack: data, experts, mixture, report. */
export async function quickstart({ fresh }: { fresh: boolean }, output: Output): Promise<void> {
  const { servers } = await startEverything({ workers: true }, output);
  const ui = servers.flatMap((server) => ('ui' in server && server.ui ? [server.ui] : []));
  for (const address of ui) output.progress(`Follow the run in the Temporal UI: ${address}`);
  const spec = await readDocument(join(projectRoot(), 'examples', 'quickstart.yaml'));
  const document = await startRun(spec, { watch: true, fresh, yes: true }, output);
  if (!('stages' in document)) return;
  await writeFile(join(loadConfig().home.state, 'quickstart.json'), `${JSON.stringify(document, null, 2)}\n`);
  output.result(document, () =>
    [
      describeRun(document),
      ...ui.map((address) => `Temporal UI: ${address}`),
      paint('dim', 'Stop everything with ./bin/dialectic down'),
    ].join('\n\n'),
  );
}
