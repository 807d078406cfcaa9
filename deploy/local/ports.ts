import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { DialecticError } from '../../core/errors.js';
import { readJson, writePrivateJson } from './private-file.js';

export type Ports = Record<string, number>;

/** Below the range from which systems take ports for outgoing connections, so that a remembered port stays free. */
const FIRST = 20_000;
const LAST = 29_999;
/** How long a server that was stopped or killed may still hold its port. Who remembers its address finds it again. */
const GIVE_UP_MS = 3_000;

export interface PortChoice {
  ports: Ports;
  /** Names whose remembered port another program has taken meanwhile; they have a new one. */
  moved: string[];
}

/**
 * Chooses a free loopback port for each name and remembers it in `file`.
 * @param wished ports that the user insists on: a taken one is an error, not a reason for another
 */
export async function choosePorts(file: string, names: string[], wished: Ports = {}): Promise<PortChoice> {
  const remembered = readJson<Ports>(file) ?? {};
  const ports: Ports = {};
  const moved: string[] = [];
  const claimed = new Set(Object.entries(remembered).flatMap(([name, port]) => (names.includes(name) ? [] : [port])));
  for (const name of names) {
    const wish = wished[name];
    const earlier = remembered[name];
    if (wish !== undefined) {
      if (!(await isFree(wish))) throw portTaken(name, wish);
      ports[name] = wish;
    } else if (earlier !== undefined && (await becomesFree(earlier))) {
      ports[name] = earlier;
    } else {
      if (earlier !== undefined) moved.push(name);
      ports[name] = await findFree(claimed);
    }
    claimed.add(ports[name]);
  }
  writePrivateJson(file, { ...remembered, ...ports });
  return { ports, moved };
}

/** Whether nothing listens on this port of the loopback address. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Whether the port is free, or is given up within a moment by a server that is ending. */
async function becomesFree(port: number): Promise<boolean> {
  const deadline = Date.now() + GIVE_UP_MS;
  while (!(await isFree(port))) {
    if (Date.now() > deadline) return false;
    await sleep(100);
  }
  return true;
}

async function findFree(claimed: Set<number>): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    if (!claimed.has(port) && (await isFree(port))) return port;
  }
  throw new DialecticError(
    `No free port was found between ${FIRST} and ${LAST} on the loopback address.`,
    'Stop programs that listen there and try again.',
  );
}

function portTaken(name: string, port: number): DialecticError {
  return new DialecticError(
    `Port ${port}, asked for as ${name}, is taken by another program.`,
    'Ask for another port, or leave the setting empty to have a free one chosen.',
  );
}
