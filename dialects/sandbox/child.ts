/**
 * The child process that hosts engines and runs untrusted statements. The parent owns its life: it kills the process
 * when a statement outlives its limit, and the process ends itself when the parent is gone.
 * Usage: fork('child.js', [pid of the parent], {serialization: 'advanced'})
 */
import { Worker } from 'node:worker_threads';
import { endWithParent } from '../../schema/end-with-parent.js';
import type { EngineHost, HostedDatabase } from '../engine.js';
import { dialects } from '../registry.js';
import { compareStatements } from './compare-statements.js';
import type { Request, Response } from './protocol.js';

// A statement may keep this thread busy for ever, so a second thread notices that the parent has died.
new Worker(
  `const parent = ${Number(process.argv[2])};
   setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 2000);`,
  { eval: true, resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 } },
);

let host: EngineHost | undefined;
const databases = new Map<string, HostedDatabase>();

/** Milliseconds between two messages that a request of many statements goes on. */
const GOES_ON_MS = 100;

async function answer(request: Request, goOn: () => void): Promise<unknown> {
  if (request.kind === 'open') {
    host ??= await dialects[request.dialect]!.engine.createHost();
    databases.set(request.database, await host.open(request.name, request.source));
    return null;
  }
  const database = databases.get(request.database);
  if (!database) throw new Error(`Database ${request.database} is not open.`);
  switch (request.kind) {
    case 'execute':
      return database.execute(request.sql, request.limits);
    case 'compare': {
      let told = performance.now();
      const onStatement = (): void => {
        if (performance.now() - told < GOES_ON_MS) return;
        told = performance.now();
        goOn();
      };
      return compareStatements(database, request.comparisons, { ...request, onStatement });
    }
    case 'introspect':
      return database.introspect();
    case 'functions':
      return database.functions();
    case 'close':
      databases.delete(request.database);
      return database.close();
  }
}

process.on('message', (request: Request) => {
  const send = (response: Response): void => void process.send?.(response);
  answer(request, () => send({ id: request.id, goesOn: true })).then(
    (result) => send({ id: request.id, result }),
    (error: unknown) => send({ id: request.id, error: error instanceof Error ? error.message : String(error) }),
  );
});
endWithParent();
