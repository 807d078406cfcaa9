import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeError } from './output.js';
import { freeBytes } from '../deploy/local/disk-space.js';
import { stackStatus, type PartStatus } from '../deploy/local/stack.js';
import { workerStatus } from '../deploy/local/workers.js';
import { pools } from '../core/contract.js';
import { loadConfig, type Config } from '../schema/config.js';

/** One thing looked at; `note` is worth knowing and stops nothing. */
export interface Finding {
  name: string;
  state: 'ok' | 'note' | 'missing' | 'unreachable';
  detail: string;
  remedy?: string;
}

const SET_UP = 'Run `npm run setup`.';
const GIBIBYTE = 1024 ** 3;
const SCARCE = 2 * GIBIBYTE;

/** Looks at everything that Dialectic needs on this machine, and asks each server whether it answers. */
export async function examine(): Promise<Finding[]> {
  const config = loadConfig();
  const servers = await stackStatus();
  return [
    { name: 'Node', state: 'ok', detail: process.versions.node },
    program('Temporal server program', join(config.home.tools, 'stack', 'bin', 'temporal'), SET_UP),
    program('S3 server program', join(config.home.tools, 'stack', 'bin', 'weed'), SET_UP),
    program('GoogleSQL', join(config.home.googlesql, 'zetasql.wasm'), SET_UP),
    await examineTrainer(config),
    examineDisk(config),
    examineCredentials(config),
    ...(await Promise.all(servers.map((server) => examineServer(server, config)))),
    examineWorkers(),
    examineTeacher(config),
  ];
}

function program(name: string, file: string, remedy: string): Finding {
  return existsSync(file)
    ? { name, state: 'ok', detail: file }
    : { name, state: 'missing', detail: `${file} is not there.`, remedy };
}

async function examineTrainer({ home }: Config): Promise<Finding> {
  const name = 'Trainer (PyTorch)';
  const question = 'import importlib.metadata as m; print(m.version("torch"), m.version("transformers"))';
  try {
    const { stdout } = await promisify(execFile)(home.python, ['-c', question]);
    const [torch, transformers] = stdout.trim().split(' ');
    return { name, state: 'ok', detail: `torch ${torch}, transformers ${transformers}` };
  } catch {
    const detail = `${home.python} has no PyTorch; all stages before training work.`;
    return { name, state: 'missing', detail, remedy: SET_UP };
  }
}

function examineDisk({ home }: Config): Finding {
  const free = freeBytes(home.state);
  const detail = `${(free / GIBIBYTE).toFixed(1)} GiB are free for ${home.state}.`;
  if (free >= SCARCE) return { name: 'Disk', state: 'ok', detail };
  return { name: 'Disk', state: 'missing', detail, remedy: 'Free some space, or set DIALECTIC_HOME to a larger disk.' };
}

function examineCredentials({ home }: Config): Finding {
  const file = join(home.state, 'credentials.json');
  const name = 'Credentials';
  if (!existsSync(file)) return { name, state: 'note', detail: 'None yet; `dialectic up` generates them.' };
  const mode = statSync(file).mode & 0o777;
  if (mode === 0o600) return { name, state: 'ok', detail: `${file} is readable by its owner only.` };
  const detail = `Others may read ${file} (mode ${mode.toString(8)}).`;
  return { name, state: 'missing', detail, remedy: `Run \`chmod 600 ${file}\`.` };
}

async function examineServer(server: PartStatus, config: Config): Promise<Finding> {
  const name = server.title;
  if (server.state === 'stopped')
    return { name, state: 'unreachable', detail: 'It is not running.', remedy: 'Run `dialectic up`.' };
  if (server.state === 'running') return { name, state: 'ok', detail: `answers at ${server.address}` };
  if (server.state === 'not-answering') {
    const detail = `Process ${server.pid} runs but does not answer at ${server.address}.`;
    return {
      name,
      state: 'unreachable',
      detail,
      remedy: `Read ${server.log}; then run \`dialectic down\` and \`dialectic up\`.`,
    };
  }
  try {
    return { name, state: 'ok', detail: `your own answers: ${await askConfigured(server.part, config)}` };
  } catch (error) {
    const { what, remedy } = describeError(error);
    return { name, state: 'unreachable', detail: what, remedy };
  }
}

/** Asks a server of the user's own the question that shows it is of use. */
async function askConfigured(part: PartStatus['part'], config: Config): Promise<string> {
  if (part === 'temporal') {
    const { connectClient } = await import('../adapters/temporal/connect.js');
    const client = await connectClient(config.temporal!);
    const { namespace } = client.options;
    await client.workflowService.describeNamespace({ namespace }).finally(() => client.connection.close());
    return `namespace ${namespace}`;
  }
  if (part === 'postgres') {
    const { openPostgres } = await import('../adapters/postgres/database.js');
    const database = openPostgres(config.postgres!.url);
    const [row] = await database
      .query<{ role: string; database: string }>('SELECT current_user AS role, current_database() AS database')
      .finally(() => database.close());
    return `role ${row!.role}, database ${row!.database}`;
  }
  const { openBucket } = await import('../adapters/s3/bucket.js');
  const bucket = openBucket(config.s3!);
  await bucket.has('doctor').finally(() => bucket.close());
  return `bucket ${config.s3!.bucket}`;
}

function examineWorkers(): Finding {
  const running = workerStatus().flatMap((worker) => worker.pools);
  const idle = pools.filter((pool) => !running.includes(pool));
  const name = 'Workers';
  if (idle.length === 0) return { name, state: 'ok', detail: running.join(', ') };
  const detail = `No worker of this machine serves ${idle.join(', ')}.`;
  return { name, state: 'note', detail, remedy: 'Run `dialectic up`, unless other machines serve them.' };
}

function examineTeacher({ teacher }: Config): Finding {
  const detail = teacher ? `${teacher.model} at ${teacher.url}` : 'The offline teacher; no endpoint is configured.';
  return { name: 'Teacher', state: teacher ? 'ok' : 'note', detail };
}
