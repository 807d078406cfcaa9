import { Complaint } from './complaint.mjs';
import { runProgram } from './run-program.mjs';

/** Servers and GoogleSQL need the first, the trainer the second: torch 2.15 has no build for an older one. */
export const oldestPython = [3, 10];
export const oldestPythonOfTrainer = [3, 11];
const PROBE = `
import json, sys
try:
    import ensurepip, venv
    usable = True
except ImportError:
    usable = False
print(json.dumps({"version": list(sys.version_info[:3]), "venv": usable, "path": sys.executable}))
`;

/**
 * Finds a Python that can make environments.
 * @param {NodeJS.ProcessEnv} env PYTHON there names one and then only that is tried
 * @param {number[]} oldest the first version that will do
 * @returns {Promise<{path: string, version: string}>}
 */
export async function findPython(env = process.env, oldest = oldestPython) {
  const names = env.PYTHON
    ? [env.PYTHON]
    : ['python3', 'python', 'python3.13', 'python3.12', 'python3.11', 'python3.14', 'python3.10'];
  const found = [];
  for (const name of names) {
    const { status, output } = await runProgram(name, ['-c', PROBE], { env });
    if (status !== 0) continue;
    const python = JSON.parse(output.trim().split('\n').at(-1));
    if (isNewEnough(python.version, oldest) && python.venv)
      return { path: python.path, version: python.version.join('.') };
    found.push(python);
  }
  throw complain(found, env.PYTHON, oldest);
}

/**
 * @param {number[]} version
 * @param {number[]} oldest
 */
export function isNewEnough([major, minor], oldest = oldestPython) {
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/** Names what is missing: any Python, its version, or its venv module. */
export function complain(found, asked, oldest = oldestPython) {
  const wanted = `Python ${oldest.join('.')} or later`;
  const install = `Install ${wanted} with venv (Debian and Ubuntu: \`apt install python3 python3-venv\`)`;
  const without = found.some(({ version }) => isNewEnough(version))
    ? ', or leave the trainer out with --without-trainer'
    : '';
  const fit = found.find(({ version }) => isNewEnough(version, oldest));
  if (fit)
    return new Complaint(
      `Python ${fit.version.join('.')} at ${fit.path} has no venv module.`,
      'Install it (Debian and Ubuntu: `apt install python3-venv`), or set PYTHON to a Python that has it.',
    );
  if (found.length > 0)
    return new Complaint(
      `Python ${found[0].version.join('.')} at ${found[0].path} is too old${without && ' for the trainer'}.`,
      `${install}, set PYTHON to one${without}.`,
    );
  if (asked) return new Complaint(`PYTHON is set to ${asked}, which does not run.`, `Set it to a ${wanted}.`);
  return new Complaint('Python was not found.', `${install}.`);
}
