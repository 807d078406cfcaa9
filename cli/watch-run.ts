import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import type { RunStatus, StageReport } from '../core/contract.js';
import type { Output } from './output.js';

const pauseMs = 1_000;

/** Says what a run does whenever that changes, until it ends; returns its result. Rejects as the run does. */
export async function watchRun<T>(handle: WorkflowHandle, output: Output): Promise<T> {
  let ended = false;
  const result = handle.result().finally(() => (ended = true)) as Promise<T>;
  // Whoever awaits below gets the failure; until then it must not count as unhandled.
  result.catch(() => undefined);
  let last = '';
  const told = new Set<string>();
  while (!ended) {
    const status = await handle.query<RunStatus>('status').catch(() => null);
    if (status) {
      for (const report of status.stages) tell(report, told, output);
      const sentence = status.state === 'running' ? status.doing : `${status.state}: ${status.doing}`;
      if (sentence !== last) output.progress(sentence);
      last = sentence;
    }
    await Promise.race([sleep(pauseMs), result.catch(() => undefined)]);
  }
  return result;
}

function tell(report: StageReport, told: Set<string>, output: Output): void {
  const line = describeStage(report);
  if (told.has(line)) return;
  told.add(line);
  output.progress(line);
}

/** `check sqlite: 2400 in, 2210 out, 31.2 s`. */
export function describeStage({ stage, dialect, part, in: into, out, seconds, reused }: StageReport): string {
  const of = [dialect, part].filter(Boolean).join(' ');
  return `${stage}${of ? ` ${of}` : ''}: ${into} in, ${out} out, ${reused ? 'reused' : `${seconds.toFixed(1)} s`}`;
}
