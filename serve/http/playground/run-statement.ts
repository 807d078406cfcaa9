import { unknownName } from '../../../core/answer/unknown-name.js';
import { defaultLimits, type ExecutionLimits, type FailedExecution } from '../../../core/database.js';
import type { DialectManifest } from '../../../core/dialect.js';
import { tryParse } from '../../../core/evaluate/read-sql.js';
import { guard } from '../../../core/sql/guard.js';
import { dialects } from '../../../dialects/registry.js';
import type { Problem, Ran } from '../../../web/playground/api.js';
import type { HostedDatabase } from '../dependencies.js';

/** Runs a statement that a person wrote, under the guard and the limits that a model's statements have. Unknown names are the engine's to refuse. */
export async function runStatement(
  { session, schema }: HostedDatabase,
  sql: string,
  limits: Partial<ExecutionLimits>,
): Promise<Ran> {
  const { manifest } = dialects[session.ref.dialect]!;
  const guarded = guard(sql, manifest);
  if (guarded.outcome === 'refused') return { outcome: null, problem: refusal(guarded, manifest) };
  const outcome = await session.execute(sql, limits);
  if (outcome.kind === 'rows') return { outcome, problem: null };
  const query = tryParse(sql, manifest);
  const unknown = query && unknownName(query, schema);
  const nearest = unknown?.closest.length ? `Perhaps ${unknown.closest.join(' or ')} is meant.` : null;
  return { outcome, problem: failure(outcome, manifest, limits.timeoutMs ?? defaultLimits.timeoutMs, nearest) };
}

function refusal(
  { reason, message }: { reason: 'parse-error' | 'not-read-only'; message: string },
  { title }: DialectManifest,
): Problem {
  if (reason === 'not-read-only') {
    const what = `The statement was not run, because it would do more than read: ${message}.`;
    return { what, remedy: 'Write one query; nothing else is run here.' };
  }
  return {
    what: `This is no query that Dialectic reads as ${title}: ${message}.`,
    remedy: 'Correct it, and run it again.',
  };
}

function failure(
  { kind, message }: FailedExecution,
  { title }: DialectManifest,
  timeoutMs: number,
  nearest: string | null,
): Problem {
  const said = message.trim().replace(/\.$/, '');
  switch (kind) {
    case 'timeout':
      return {
        what: `The statement ran longer than ${timeoutMs / 1000} s and was stopped.`,
        remedy: 'Narrow it with a condition or a LIMIT, and run it again.',
      };
    case 'crash':
      return {
        what: `The database's engine gave no answer: ${said}.`,
        remedy: 'Check that the database can be reached, and run it again.',
      };
    case 'refused':
      return { what: `${title} refused the statement: ${said}.`, remedy: 'Write one query that reads.' };
    case 'not-executable':
      return { what: `The engine here cannot run this: ${said}.`, remedy: 'Run it on the full product.' };
    case 'invalid':
      return {
        what: `${title} does not accept the statement: ${said}.`,
        remedy: nearest ?? 'Correct it, and run it again.',
      };
    case 'runtime-error':
      return { what: `The statement failed while it ran: ${said}.`, remedy: 'Correct it, and run it again.' };
  }
}
