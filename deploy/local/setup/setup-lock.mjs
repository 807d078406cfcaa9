import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Complaint } from './complaint.mjs';

/**
 * Runs `work` while no other set-up writes to the same folder. A lock that a dead process left is taken over.
 * @template T
 * @param {string} tools
 * @param {() => Promise<T>} work
 */
export async function alone(tools, work) {
  mkdirSync(tools, { recursive: true });
  const lock = join(tools, 'setup.lock');
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const holder = Number(readFileSync(lock, 'utf8'));
    if (isAlive(holder))
      throw new Complaint(
        `Another set-up (process ${holder}) is at work in ${tools}.`,
        `Wait for it to end, or remove ${lock} if no set-up runs.`,
      );
    writeFileSync(lock, String(process.pid));
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isAlive(pid) {
  if (!pid || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
