import { spawn } from 'node:child_process';
import { Complaint } from './complaint.mjs';

const KEPT = 16_000;

/**
 * Runs a program to its end and keeps what it printed last.
 * @param {string} program
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<{status: number, output: string}>} status 127 where there is no such program
 */
export function runProgram(program, args, options = {}) {
  return new Promise((resolve) => {
    let output = '';
    const keep = (chunk) => (output = (output + chunk).slice(-KEPT));
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve({ status: 127, output: error.message }));
    child.once('close', (code) => resolve({ status: code ?? 1, output }));
  });
}

/** Like `runProgram`, for a program that must succeed. @throws Complaint with the likely cause */
export async function mustRun(program, args, options = {}) {
  const { status, output } = await runProgram(program, args, options);
  if (status !== 0) throw explain([program, ...args].join(' '), output);
  return output;
}

const CAUSES = [
  {
    sign: /ENOSPC|no space left on device|disk quota exceeded/i,
    what: 'The disk is full.',
    remedy: 'Free some space and run set-up again; it goes on where it stopped.',
  },
  {
    sign: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|NewConnectionError|dns error|Failed to fetch|Temporary failure in name resolution|tcp connect error|error sending request/i,
    what: 'The package registry could not be reached.',
    remedy:
      'Check the network and the proxy settings (HTTPS_PROXY, and npm and pip mirrors where you have them), then run set-up again.',
  },
  {
    sign: /THESE PACKAGES DO NOT MATCH THE HASHES|Hash mismatch|EINTEGRITY/i,
    what: 'A downloaded package is not the one that was pinned.',
    remedy: 'Run set-up again; if it stays, a mirror or proxy changes packages, and must be bypassed.',
  },
  {
    sign: /EACCES|Permission denied/i,
    what: 'A file may not be written.',
    remedy: 'Give the checkout to this user (`chown -R`), or set up as the user it belongs to.',
  },
];

/**
 * Finds the cause in what a failed program printed.
 * @param {string} command
 * @param {string} output
 */
export function explain(command, output) {
  const last = output.trim().split('\n').slice(-12).join('\n');
  const cause = CAUSES.find(({ sign }) => sign.test(output));
  if (cause) return new Complaint(cause.what, `${cause.remedy}\n\n${last}`);
  return new Complaint(`\`${command}\` failed.`, `Its last lines say why:\n\n${last}`);
}
