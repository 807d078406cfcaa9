import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { CorruptArtifactError, UnreachableError } from '../../../core/errors.js';
import { forkChild } from './fork-child.js';
import type { FromModel, OpenedModel, ToModel } from './protocol.js';

export interface DecodingProcess {
  readonly model: OpenedModel;
  readonly pid: number;
  send(message: ToModel): void;
  close(): Promise<void>;
}

/**
 * Starts a process that decodes and waits until it has opened its model.
 * @param onEnd called once when it ends by itself, with what it said last
 * @throws CorruptArtifactError, UnreachableError
 */
export async function startDecoding(
  open: Omit<ToModel & { kind: 'open' }, 'kind'>,
  onStep: (step: FromModel & { kind: 'step' }) => void,
  onEnd: (why: string) => void,
): Promise<DecodingProcess> {
  const child = forkChild();
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-2000)));
  const send = (message: ToModel): void => {
    // A message to a process that has just died is lost with it; its end is told by `onEnd`.
    if (child.connected) child.send(message, () => undefined);
  };
  send({ kind: 'open', ...open });
  const model = await firstAnswer(child, open.folder, () => complaints);
  let closed = false;
  child.on('message', (message: FromModel) => {
    if (message.kind === 'step') onStep(message);
  });
  child.on('exit', (code, signal) => {
    if (!closed) onEnd([`It ended by ${signal ?? `exit code ${code}`}`, complaints.trim()].filter(Boolean).join(': '));
  });
  return {
    model,
    pid: child.pid!,
    send,
    async close() {
      closed = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function firstAnswer(child: ChildProcess, folder: string, complaints: () => string): Promise<OpenedModel> {
  const over = new AbortController();
  const told = once(child, 'message', { signal: over.signal }).then(([message]) => message as FromModel);
  const ended = once(child, 'exit', { signal: over.signal }).then(() => null);
  try {
    const message = await Promise.race([told, ended]);
    if (message?.kind === 'opened') return message.model;
    child.kill('SIGKILL');
    if (message?.kind === 'failed') throw new CorruptArtifactError(message.what, message.remedy);
    throw new UnreachableError(
      `The process that decodes ${folder} ended before it had opened it: ${complaints().trim()}.`,
      'Look whether the machine has memory left, and try again.',
    );
  } finally {
    over.abort();
    told.catch(() => undefined);
    ended.catch(() => undefined);
  }
}
