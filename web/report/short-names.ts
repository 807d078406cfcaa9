import type { RunReport } from '../../core/evaluate/report.js';
import { unique } from './sections/results.js';

/**
 * The report with models called by what tells them apart in it: without the run's name before and the hash behind. Where two would
 * be called the same, all keep their ids.
 */
export function withShortNames(report: RunReport): RunReport {
  const ids = unique(report.evaluations.map(({ model }) => model));
  const run = report.run.split('/').at(-1)!;
  const names = new Map(
    ids.map((id) => [id, (id.startsWith(`${run}-`) ? id.slice(run.length + 1) : id).replace(/-[0-9a-f]{8}$/, '')]),
  );
  if (new Set(names.values()).size < ids.length) return report;
  const renamed = (value: unknown): unknown => {
    if (typeof value === 'string') return names.get(value) ?? value;
    if (Array.isArray(value)) return value.map(renamed);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, renamed(inner)]));
  };
  return renamed(report) as RunReport;
}
