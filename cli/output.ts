import type { Command } from 'commander';
import { DialecticError } from '../core/errors.js';

export interface OutputOptions {
  json: boolean;
  quiet: boolean;
  /** Whether questions may be asked: false with --no-input and without a terminal. */
  input: boolean;
}

/** How a command speaks: data on stdout, everything else on stderr. */
export interface Output extends OutputOptions {
  /** The command's result: one JSON document with --json, otherwise the text. */
  result(document: unknown, text: string | (() => string)): void;
  /** One of many results: a JSON line with --json, otherwise a line of text. */
  line(document: unknown, text: string | (() => string)): void;
  /** A sentence for a person who waits; silent with --quiet. */
  progress(sentence: string): void;
  /** What must be said even with --quiet. */
  warn(sentence: string): void;
}

type Stream = Pick<NodeJS.WritableStream, 'write'>;

/** The output of a command, by the options that all commands share. */
export function outputOf(command: Command): Output {
  const { json = false, quiet = false, input = true } = command.optsWithGlobals<Partial<OutputOptions>>();
  return createOutput({ json, quiet, input: input && process.stdin.isTTY === true });
}

export function createOutput(
  options: OutputOptions,
  stdout: Stream = process.stdout,
  stderr: Stream = process.stderr,
): Output {
  const print = (document: unknown, text: string | (() => string), indent?: number) => {
    const shown = options.json ? JSON.stringify(document, null, indent) : typeof text === 'function' ? text() : text;
    if (shown !== '') stdout.write(`${shown}\n`);
  };
  return {
    ...options,
    result: (document, text) => print(document, text),
    line: (document, text) => print(document, text),
    progress: (sentence) => void (options.quiet || stderr.write(`${sentence}\n`)),
    warn: (sentence) => void stderr.write(`${sentence}\n`),
  };
}

/** Columns as wide as their widest cell; a header row is underlined by being bold on a terminal. */
export function formatTable(header: string[], rows: string[][]): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const align = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  return [paint('bold', align(header)), ...rows.map(align)].join('\n');
}

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;

/** Colours text for stdout, where that is a terminal and NO_COLOR is not set. */
export function paint(style: keyof typeof STYLES, text: string): string {
  if (!process.stdout.isTTY || process.env.NO_COLOR) return text;
  return `\u001b[${STYLES[style]}m${text}\u001b[0m`;
}

/** Exit codes: 0 done, 1 failed, 2 wrong use, 3 not found, 4 refused, 130 interrupted. */
export function exitCodeOf(error: unknown): number {
  return error instanceof DialecticError ? error.exitCode : 1;
}

/** What went wrong and the remedy; of a fault in Dialectic itself the stack, where the log level asks for it. */
export function describeError(error: unknown): { error: string; what: string; remedy: string } {
  if (error instanceof DialecticError) return { error: error.name, what: error.what, remedy: error.remedy };
  const fault = error instanceof Error ? error : new Error(String(error));
  const verbose = ['debug', 'trace'].includes(process.env.DIALECTIC_LOG_LEVEL ?? '');
  return {
    error: fault.name,
    what: verbose ? (fault.stack ?? fault.message) : fault.message,
    remedy: verbose
      ? 'Please report it with these lines.'
      : 'Set DIALECTIC_LOG_LEVEL=debug to see where it comes from.',
  };
}
