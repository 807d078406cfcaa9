import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { searchAttributes } from '../../core/contract.js';
import { serverEnvironment, type EmbeddedServer } from './server.js';

/** Temporal's development server: the real server in one process, its state in an SQLite file. */
export const temporalServer: EmbeddedServer<'temporal'> = {
  part: 'temporal',
  title: 'Temporal',
  portNames: ['temporal', 'temporalUi', 'temporalHttp', 'temporalMetrics'],

  async prepare({ home, ports }) {
    const folder = join(home.state, 'temporal');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return {
      name: 'temporal',
      program: join(home.tools, 'stack', 'bin', 'temporal'),
      args: [
        'server',
        'start-dev',
        ...['--ip', '127.0.0.1', '--port', String(ports.temporal)],
        ...['--ui-ip', '127.0.0.1', '--ui-port', String(ports.temporalUi), '--ui-disable-news-fetch'],
        ...['--http-port', String(ports.temporalHttp), '--metrics-port', String(ports.temporalMetrics)],
        ...['--db-filename', join(folder, 'temporal.db')],
        ...['--log-level', 'warn', '--disable-config-file', '--disable-config-env'],
        ...Object.values(searchAttributes).flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
      ],
      env: serverEnvironment(folder),
      stopSignal: 'SIGTERM',
      stopSeconds: 20,
    };
  },

  address: ({ ports }) => ({
    address: `127.0.0.1:${ports.temporal}`,
    namespace: 'default',
    ui: `http://127.0.0.1:${ports.temporalUi}`,
  }),

  reachedAt: ({ address }) => address,

  async probe({ ports }) {
    const url = `http://127.0.0.1:${ports.temporalHttp}/api/v1/namespaces/default`;
    const reply = await fetch(url, { signal: AbortSignal.timeout(2000) });
    if (!reply.ok) throw new Error(`Temporal answered ${reply.status}.`);
  },
};
