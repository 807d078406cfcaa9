import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DialecticError } from '../../core/errors.js';
import { readJson } from './private-file.js';
import { identify, isRunning, type ProcessIdentity } from './process-identity.js';

/**
 * Runs `work` while no other process of this home does: two `up`s at once become one after the other.
 * A lock whose holder has died is taken over.
 */
export async function withLock<T>(state: string, work: () => Promise<T>, waitSeconds = 120): Promise<T> {
  mkdirSync(join(state, 'run'), { recursive: true });
  const lock = join(state, 'run', 'lock');
  const deadline = Date.now() + waitSeconds * 1000;
  while (!take(lock)) {
    const holder = readHolder(lock);
    if (holder && !isRunning(holder)) discard(lock, holder);
    else if (Date.now() > deadline)
      throw new DialecticError(
        `Another command has been starting or stopping this stack for ${waitSeconds} seconds.`,
        `Wait for process ${holder?.pid ?? 'unknown'} to end, or stop it, and try again.`,
      );
    else await sleep(100);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** A link is made whole or not at all, so nobody reads a lock that is half written. */
function take(lock: string): boolean {
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(identify(process.pid)), { mode: 0o600 });
  try {
    linkSync(mine, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Removes a dead holder's lock; if another process replaced it meanwhile, puts the living one back. */
function discard(lock: string, dead: ProcessIdentity): void {
  const aside = `${lock}.dead.${process.pid}`;
  try {
    renameSync(lock, aside);
    const holder = readHolder(aside);
    if (holder && holder.started !== dead.started && isRunning(holder)) linkSync(aside, lock);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function readHolder(lock: string): ProcessIdentity | undefined {
  return readJson<ProcessIdentity>(lock);
}
