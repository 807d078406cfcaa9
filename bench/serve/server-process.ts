import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../schema/home.js';

export interface ServerProcess {
  url: string;
  model: string;
  /** Resident MiB of the server and of the process that decodes. */
  memory(): { server: number; decoder: number };
  /** Processor seconds of both so far. */
  cpuSeconds(): number;
  stop(): Promise<number | null>;
}

/** `dialectic serve` as a process of its own, on a free port. */
export async function startServer(model: string, flags: string[]): Promise<ServerProcess> {
  const args = [join(projectRoot(), 'bin/dialectic'), 'serve', '--model', model, '--port', '0', '--json', ...flags];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, DIALECTIC_LOG_LEVEL: 'warn' },
  });
  const [line] = await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('The server did not start.'))),
  ]);
  const { address, models } = JSON.parse(String(line)) as { address: string; models: string[] };
  const [decoder] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ');
  return {
    ...{ url: address, model: models[0]! },
    memory: () => ({ server: residentMiB(child.pid!), decoder: residentMiB(Number(decoder)) }),
    cpuSeconds: () => cpuSeconds(child.pid!) + cpuSeconds(Number(decoder)),
    async stop() {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      return (await exit)[0] as number | null;
    },
  };
}

const residentMiB = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;

/** User and system time, in ticks of a hundredth of a second: fields 14 and 15, counted after the name in parentheses. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
