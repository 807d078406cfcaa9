import type { PartStatus } from '../deploy/local/stack.js';
import type { WorkerStatus } from '../deploy/local/workers.js';
import { formatTable } from './output.js';

export interface StackSummary {
  servers: PartStatus[];
  workers: WorkerStatus[];
}

export function describeStack({ servers, workers }: StackSummary): string {
  const rows = servers.map((server) => {
    if (server.state === 'configured') return [server.title, 'your own', '', ''];
    if (server.state === 'stopped') return [server.title, 'stopped', '', ''];
    return [server.title, server.state.replace('-', ' '), server.address, String(server.pid)];
  });
  const workerRows = workers.map(({ pools, pid }) => [`Workers ${pools.join(', ')}`, 'running', '', String(pid)]);
  const table = formatTable(['', 'State', 'Address', 'Process'], [...rows, ...workerRows]);
  const ui = servers.flatMap((server) => ('ui' in server && server.ui ? [`\nTemporal UI: ${server.ui}`] : []));
  return [table, ...ui].join('\n');
}
