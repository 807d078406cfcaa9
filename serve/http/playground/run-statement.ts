import { unknownName } from '../../../core/answer/unknown-name.js';
import { whyFailed, whyNotRun } from '../../../core/answer/why-failed.js';
import { defaultLimits, type ExecutionLimits, type FailedExecution } from '../../../core/database.js';
import { tryParse } from '../../../core/evaluate/read-sql.js';
import { guard } from '../../../core/sql/guard.js';
import { dialects } from '../../../dialects/registry.js';
import type { Ran } from '../../../web/playground/api.js';
import type { HostedDatabase } from '../dependencies.js';

/** Runs a statement that a person wrote, under the guard and the limits that a model's statements have. Unknown names are the engine's to refuse. */
export async function runStatement(
  { session, schema }: HostedDatabase,
  sql: string,
  limits: Partial<ExecutionLimits>,
  signal: AbortSignal,
): Promise<Ran> {
  const { manifest } = dialects[session.ref.dialect]!;
  const guarded = guard(sql, manifest);
  if (guarded.outcome === 'refused') {
    const remedy =
      guarded.reason === 'not-read-only' ? 'Write one query; nothing else is run here.' : remedies['invalid'];
    return { outcome: null, problem: { what: whyNotRun(guarded, manifest.title, 'This'), remedy } };
  }
  const outcome = await session.execute(sql, limits, signal);
  if (outcome.kind === 'rows') return { outcome, problem: null };
  const query = tryParse(sql, manifest);
  const unknown = query && unknownName(query, schema);
  const nearest =
    outcome.kind === 'invalid' && unknown?.closest.length ? `Perhaps ${unknown.closest.join(' or ')} is meant.` : null;
  const what = whyFailed(outcome, manifest.title, limits.timeoutMs ?? defaultLimits.timeoutMs);
  return { outcome, problem: { what, remedy: nearest ?? remedies[outcome.kind] } };
}

/** What to do about a statement of one's own. */
const remedies: Record<FailedExecution['kind'], string> = {
  timeout: 'Narrow it with a condition or a LIMIT, and run it again.',
  crash: 'Check that the database can be reached, and run it again.',
  refused: 'Write one query that reads.',
  'not-executable': 'Run it on the full product.',
  invalid: 'Correct it, and run it again.',
  'runtime-error': 'Correct it, and run it again.',
};
