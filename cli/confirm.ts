import { createInterface } from 'node:readline/promises';
import type { Output } from './output.js';

/** Asks a person; without a terminal, or with --no-input, nobody can be asked and the answer is no unless --yes was given. */
export async function confirm(question: string, { yes, output }: { yes: boolean; output: Output }): Promise<boolean> {
  if (yes) return true;
  if (!output.input) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
