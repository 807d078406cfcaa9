import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Folders whose TypeScript and data files make up the program. */
export const SOURCE_FOLDERS = [
  'core',
  'schema',
  'dialects',
  'adapters',
  'activities',
  'workflows',
  'workers',
  'cli',
  'web',
  'serve',
  'deploy/local',
];

const SOURCE_FILES = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

/** Written by the build when all of it has succeeded. @param {string} root */
export function buildMark(root) {
  return join(root, 'dist', '.built');
}

/**
 * Whether dist/ was built after the last change to any source; an installed package has no sources and is always fresh.
 * @param {string} root
 */
export function isBuildFresh(root) {
  const mark = buildMark(root);
  if (!existsSync(mark)) return false;
  if (!existsSync(join(root, 'cli', 'main.ts'))) return true;
  const built = statSync(mark).mtimeMs;
  return (
    SOURCE_FILES.every((file) => !isNewer(join(root, file), built)) &&
    SOURCE_FOLDERS.every((folder) => !holdsNewer(join(root, folder), built))
  );
}

/** A folder's own time tells of files that were removed. */
function holdsNewer(folder, time) {
  if (!existsSync(folder)) return false;
  if (isNewer(folder, time)) return true;
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? holdsNewer(path, time) : isNewer(path, time);
  });
}

function isNewer(path, time) {
  return existsSync(path) && statSync(path).mtimeMs > time;
}
