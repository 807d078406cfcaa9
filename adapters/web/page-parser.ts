import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { MissingDependencyError } from '../../core/errors.js';
import { ownProgram } from '../../schema/own-program.js';
import { FetchRefused } from './fetch-refused.js';
import type { ParsedPage, ParseRequest } from './parse-page.js';

export type { ParseRequest };
export type ParseAnswer = { page: ParsedPage } | { error: string };

/** Parses pages one after another in a child process that is started with the first page. */
export interface PageParser {
  parse(request: ParseRequest): Promise<ParsedPage>;
  close(): void;
}

/**
 * Parsers of HTML, and patterns over Markdown, take time that grows with the square of some hostile inputs (elements nested ten thousand deep,
 * a heading of a million blanks), and no timer stops them in the process they run in. Hence the child: it is killed when a page takes longer
 * than `timeoutMs`, and the page is refused.
 */
export function createPageParser(timeoutMs: number): PageParser {
  let child: ChildProcess | null = null;
  const stop = (): void => {
    child?.kill('SIGKILL');
    child = null;
  };
  let last: Promise<unknown> = Promise.resolve();
  const parseNow = async (request: ParseRequest): Promise<ParsedPage> => {
    child ??= await startParser();
    const current = child;
    const over = new AbortController();
    try {
      const answer = await Promise.race([
        once(current, 'message', { signal: over.signal }).then(([message]) => message as ParseAnswer),
        once(current, 'exit', { signal: over.signal }).then(() => ({ error: 'the parser ended' })),
        sleep(timeoutMs, { error: `that took longer than ${timeoutMs} ms` }, { signal: over.signal }),
        send(current, request),
      ]);
      if ('page' in answer) return answer.page;
      stop();
      throw new FetchRefused('unreadable', `it could not be read: ${answer.error}`);
    } finally {
      over.abort();
    }
  };
  return {
    parse(request) {
      const mine = last.then(() => parseNow(request));
      last = mine.catch(() => undefined);
      return mine;
    },
    close: stop,
  };
}

/** Settles only when the message cannot be sent. */
function send(child: ChildProcess, request: ParseRequest): Promise<ParseAnswer> {
  return new Promise((resolve) => {
    child.send(request, (error) => {
      if (error) resolve({ error: error.message });
    });
  });
}

/** Starting takes seconds on a busy machine, which no page should pay for: a page's time begins when the child is ready. */
async function startParser(): Promise<ChildProcess> {
  const child = forkParser();
  const ready = once(child, 'message').then(() => true);
  const ended = once(child, 'exit').then(() => false);
  if (await Promise.race([ready, ended])) return child;
  throw new MissingDependencyError(
    'The process that parses pages does not start.',
    'Install the packages again by `npm ci`.',
  );
}

function forkParser(): ChildProcess {
  const { entry, execArgv } = ownProgram(import.meta.url, './page-parser-child');
  return fork(entry, [], {
    execArgv: [...execArgv, '--no-warnings', '--max-old-space-size=512'],
    // What parses other people's pages needs none of this process's variables.
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}
