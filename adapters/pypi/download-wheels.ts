import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MissingDependencyError, UnreachableError } from '../../core/errors.js';
import type { Home } from '../../schema/home.js';

const run = promisify(execFile);

/**
 * Downloads the wheels of packages (`name==version`), without what they depend on, to a folder that exists.
 * @throws UnreachableError where the registry cannot be reached
 */
export async function downloadWheels(
  { tools, python }: Pick<Home, 'tools' | 'python'>,
  packages: readonly string[],
  folder: string,
): Promise<void> {
  const download = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps'];
  await mustRun(await pythonWithPip([join(tools, 'uv', 'bin', 'python'), python, 'python3', 'python']), [
    ...[...download, '--only-binary=:all:', '-d', folder],
    ...packages,
  ]);
}

/** The trainer's Python may have been made without pip; then the one it was made by has it. */
async function pythonWithPip(candidates: string[]): Promise<string> {
  for (const python of candidates) {
    const works = await run(python, ['-m', 'pip', '--version']).then(
      () => true,
      () => false,
    );
    if (works) return python;
  }
  throw new MissingDependencyError('No Python with pip was found.', 'Install Python 3 with pip and run it again.');
}

/** Runs a program to its end and gives what it printed. @throws UnreachableError with its last words */
export async function mustRun(program: string, args: string[], cwd?: string): Promise<string> {
  try {
    return (await run(program, args, { cwd, maxBuffer: 16 * 1024 * 1024 })).stdout;
  } catch (cause) {
    const said = String((cause as { stderr?: string }).stderr ?? cause)
      .trim()
      .split('\n')
      .slice(-4)
      .join('\n');
    throw new UnreachableError(
      `\`${program} ${args.slice(0, 3).join(' ')} …\` failed: ${said}`,
      'Check the network, the proxy settings and the free space, and run it again; what is there already is kept.',
      { cause },
    );
  }
}
