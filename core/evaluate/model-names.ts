import type { RunReport } from './report.js';

/**
 * What models are called in a report: their ids without the run's name before and the hash behind. Where two would be called the same, all
 * keep their ids.
 */
export function modelNames({ run, evaluations }: RunReport): Map<string, string> {
  const ids = [...new Set(evaluations.map(({ model }) => model))];
  const names = ids.map((id) => withoutRun(run, id).replace(/-[0-9a-f]{8}$/, ''));
  const unlike = new Set(names).size === ids.length;
  return new Map(ids.map((id, at) => [id, unlike ? names[at]! : id]));
}

/** A name without that of its run before it. */
export function withoutRun(run: string, name: string): string {
  const prefix = `${run.split('/').at(-1)!}-`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
