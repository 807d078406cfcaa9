import { Complaint } from './complaint.mjs';
import { runProgram } from './run-program.mjs';

const OLDEST = [3, 10];
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
 * @returns {Promise<{path: string, version: string}>}
 */
export async function findPython(env = process.env) {
  const names = env.PYTHON
    ? [env.PYTHON]
    : ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
  const found = [];
  for (const name of names) {
    const { status, output } = await runProgram(name, ['-c', PROBE], { env });
    if (status !== 0) continue;
    const python = JSON.parse(output.trim().split('\n').at(-1));
    if (isNewEnough(python.version) && python.venv) return { path: python.path, version: python.version.join('.') };
    found.push(python);
  }
  throw complain(found, env.PYTHON);
}

/** @param {number[]} version */
export function isNewEnough([major, minor]) {
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** Names what is missing: any Python, its version, or its venv module. */
export function complain(found, asked) {
  const install = 'Install Python 3.10 or later with venv (Debian and Ubuntu: `apt install python3 python3-venv`)';
  const fit = found.find(({ version }) => isNewEnough(version));
  if (fit)
    return new Complaint(
      `Python ${fit.version.join('.')} at ${fit.path} has no venv module.`,
      'Install it (Debian and Ubuntu: `apt install python3-venv`), or set PYTHON to a Python that has it.',
    );
  if (found.length > 0)
    return new Complaint(
      `Python ${found[0].version.join('.')} at ${found[0].path} is too old.`,
      `${install}, or set PYTHON to one.`,
    );
  if (asked)
    return new Complaint(`PYTHON is set to ${asked}, which does not run.`, 'Set it to a Python 3.10 or later.');
  return new Complaint('Python was not found.', `${install}.`);
}
