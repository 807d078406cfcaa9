/**
 * Builds dist/: JavaScript from TypeScript, the data files that are read at run time, and the workflow bundle.
 *
 *     npm run build
 */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Complaint } from './setup/complaint.mjs';
import { buildMark, SOURCE_FOLDERS } from './setup/freshness.mjs';
import { mustRun, runProgram } from './setup/run-program.mjs';

const DATA = new Set([
  '.md',
  '.sql',
  '.json',
  '.jsonl',
  '.yaml',
  '.html',
  '.css',
  '.svg',
  '.proto',
  '.txt',
  '.gz',
  '.py',
]);

/** @param {string} root */
export async function build(root) {
  // Built beside the old one and swapped in, so that programs that run now keep what they loaded from.
  const partial = join(root, 'dist.partial');
  const dist = join(root, 'dist');
  rmSync(partial, { recursive: true, force: true });
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, output } = await runProgram(
    process.execPath,
    [compiler, '-p', 'tsconfig.build.json', '--outDir', partial],
    { cwd: root },
  );
  if (status !== 0) throw new Complaint('The TypeScript sources do not compile.', `Mend them:\n\n${output.trim()}`);
  for (const folder of SOURCE_FOLDERS) copyData(join(root, folder), join(partial, folder));
  const script = join(partial, 'web', 'playground', 'client.js');
  await mustRun(process.execPath, [join(root, 'web', 'playground', 'bundle-client.mjs'), script], { cwd: root });
  rmSync(dist, { recursive: true, force: true });
  renameSync(partial, dist);
  const bundler = join(dist, 'workers', 'bundle.js');
  if (existsSync(bundler)) await mustRun(process.execPath, [bundler], { cwd: root });
  writeFileSync(buildMark(root), new Date().toISOString());
}

function copyData(from, to) {
  if (!existsSync(from)) return;
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) copyData(source, target);
    else if (DATA.has(extname(entry.name))) {
      mkdirSync(dirname(target), { recursive: true });
      cpSync(source, target);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await build(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
  } catch (error) {
    console.error(error instanceof Complaint ? `${error.what} ${error.remedy}` : error);
    process.exitCode = 1;
  }
}
