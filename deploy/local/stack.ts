import { accessSync, constants, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DialecticError, DiskFullError, MissingDependencyError } from '../../core/errors.js';
import { loadConfig, type Config, type StackAddresses } from '../../schema/config.js';
import { credentialsOf } from './credentials.js';
import { findDaemon, startDaemon, stopDaemon, tailLog, type Daemon } from './daemon.js';
import { requireSpace } from './disk-space.js';
import { withLock } from './lock.js';
import { choosePorts, type Ports } from './ports.js';
import { postgresServer } from './postgres-server.js';
import { readJson, writePrivateJson } from './private-file.js';
import { isRunning } from './process-identity.js';
import { s3Server } from './s3-server.js';
import type { EmbeddedServer, Part, Place } from './server.js';
import { temporalServer } from './temporal-server.js';

export type { StackAddresses } from '../../schema/config.js';

/** In the order in which they are stopped: who writes to the others goes first. */
const SERVERS: readonly EmbeddedServer[] = [temporalServer, s3Server, postgresServer];
const SPACE_NEEDED = 1024 ** 3;
const READY_SECONDS = 60;
/** How long a server that runs already may fail to answer before it is restarted. */
const STALLED_SECONDS = 15;

type Progress = (sentence: string) => void;

export interface StackOptions {
  /** Where the configuration is read from; `DIALECTIC_HOME` there chooses the stack. */
  env?: NodeJS.ProcessEnv;
  /** Progress and notes, a sentence each. */
  onProgress?: Progress;
}

export type PartStatus =
  | { part: Part; title: string; state: 'configured' }
  | {
      part: Part;
      title: string;
      state: 'running' | 'not-answering';
      address: string;
      /** Temporal's web interface. */
      ui?: string;
      pid: number;
      log: string;
    }
  | { part: Part; title: string; state: 'stopped' };

/**
 * Starts the embedded servers that nothing configured replaces, and returns when each does its work.
 * Servers that run already are left alone, so that it can be called at any time; data survives.
 * @returns addresses of the embedded servers; a part that is configured elsewhere is left out
 */
export async function startStack(options: StackOptions = {}): Promise<Partial<StackAddresses>> {
  const config = loadConfig(options.env, null);
  const onProgress = options.onProgress ?? (() => undefined);
  const servers = SERVERS.filter(({ part }) => !config[part]);
  if (servers.length === 0) return {};
  makeState(config);
  return withLock(config.home.state, async () => {
    const place = await choosePlace(config, servers, onProgress);
    const outcomes = await Promise.allSettled(servers.map((server) => bringUp(server, place, onProgress)));
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure) throw failure.reason as Error;
    const addresses = Object.fromEntries(servers.map((server) => [server.part, server.address(place)]));
    writePrivateJson(config.home.stackFile, addresses);
    return addresses as Partial<StackAddresses>;
  });
}

/** Stops every embedded server of this home; none of its processes is left. */
export async function stopStack(options: StackOptions = {}): Promise<void> {
  const { home } = loadConfig(options.env, null);
  if (!existsSync(join(home.state, 'run'))) return;
  await withLock(home.state, async () => {
    rmSync(home.stackFile, { force: true });
    for (const { part, title } of SERVERS) {
      const outcome = await stopDaemon(home.state, part);
      if (outcome !== 'absent') options.onProgress?.(`${title} ${outcome === 'killed' ? 'was killed' : 'stopped'}.`);
    }
  });
}

/** What runs, asked of the servers themselves. */
export async function stackStatus(options: StackOptions = {}): Promise<PartStatus[]> {
  const config = loadConfig(options.env, null);
  const { state } = config.home;
  return Promise.all(
    SERVERS.map(async (server): Promise<PartStatus> => {
      const { part, title } = server;
      if (config[part]) return { part, title, state: 'configured' };
      const daemon = findDaemon(state, part);
      const addresses = readJson<Partial<StackAddresses>>(config.home.stackFile);
      if (!daemon || !addresses?.[part]) return { part, title, state: 'stopped' };
      const address = withoutPassword(server.reachedAt(addresses[part]));
      const answers = await answersNow(server, rememberedPlace(config));
      const ui = part === 'temporal' ? { ui: addresses.temporal?.ui } : {};
      const { pid, log } = daemon;
      return { part, title, state: answers ? 'running' : 'not-answering', address, ...ui, pid, log };
    }),
  );
}

function makeState({ home }: Config): void {
  if (!existsSync(join(home.tools, 'stack', 'bin')))
    throw new MissingDependencyError('The embedded servers are not installed.', 'Run `npm run setup`.');
  try {
    mkdirSync(home.state, { recursive: true });
    accessSync(home.state, constants.W_OK);
  } catch (cause) {
    throw new DialecticError(
      `${home.state} cannot be written to by this user.`,
      'Use the user that made it, or set DIALECTIC_HOME to a folder of your own.',
      { cause },
    );
  }
  requireSpace(home.state, SPACE_NEEDED, 'The embedded stack');
}

/** Ports that a running server holds are kept as they are; the others are chosen anew where they are taken. */
async function choosePlace(config: Config, servers: EmbeddedServer[], onProgress: Progress): Promise<Place> {
  const place = rememberedPlace(config, onProgress);
  const down = servers.filter((server) => !findDaemon(config.home.state, server.part));
  const choice = await choosePorts(
    portsFile(config),
    down.flatMap((server) => server.portNames),
    wishedPorts(config),
  );
  for (const name of choice.moved)
    onProgress(`Another program took port ${place.ports[name]}; ${name} is now at ${choice.ports[name]}.`);
  return { ...place, ports: { ...place.ports, ...choice.ports } };
}

function rememberedPlace(config: Config, note: Progress = () => undefined): Place {
  const { home } = config;
  return { home, ports: readJson<Ports>(portsFile(config)) ?? {}, credentials: credentialsOf(home.state), note };
}

function portsFile({ home }: Config): string {
  return join(home.state, 'ports.json');
}

function wishedPorts({ ports }: Config): Ports {
  return Object.fromEntries(Object.entries(ports).filter(([, port]) => port !== undefined));
}

async function bringUp(server: EmbeddedServer, place: Place, onProgress: Progress): Promise<void> {
  const { state } = place.home;
  const running = findDaemon(state, server.part);
  if (running && (await becomesReady(server, place, running, STALLED_SECONDS)) === 'ready') return;
  // It ended a moment ago, or stalls.
  if (running) await stopDaemon(state, server.part);
  const began = Date.now();
  const daemon = await startDaemon(state, await server.prepare(place));
  const outcome = await becomesReady(server, place, daemon, READY_SECONDS);
  if (outcome !== 'ready') {
    await stopDaemon(state, server.part);
    throw startFailure(server.title, daemon.log, outcome);
  }
  await server.settle?.(place);
  onProgress(`${server.title} is up after ${((Date.now() - began) / 1000).toFixed(1)} s.`);
}

async function becomesReady(
  server: EmbeddedServer,
  place: Place,
  daemon: Daemon,
  seconds: number,
): Promise<'ready' | 'ended' | 'silent'> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await answersNow(server, place))) {
    if (!isRunning(daemon)) return 'ended';
    if (Date.now() > deadline) return 'silent';
    await sleep(100);
  }
  return 'ready';
}

async function answersNow(server: EmbeddedServer, place: Place): Promise<boolean> {
  return server.probe(place).then(
    () => true,
    () => false,
  );
}

function startFailure(title: string, log: string, outcome: 'ended' | 'silent'): DialecticError {
  const said = tailLog(log);
  if (/no space left on device/i.test(said))
    return new DiskFullError(
      `${title} found no space left on the disk.`,
      'Free some space and run `dialectic up` again.',
    );
  const what =
    outcome === 'ended' ? `${title} ended as it started` : `${title} did not answer within ${READY_SECONDS} seconds`;
  return new DialecticError(
    `${what}; its last words: ${said || 'none'}.`,
    `Read ${log}, and run \`dialectic up\` again.`,
  );
}

function withoutPassword(address: string): string {
  return address.replace(/(\/\/[^:/]+):[^@]+@/, '$1@');
}
