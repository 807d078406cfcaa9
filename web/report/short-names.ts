import { modelNames } from '../../core/evaluate/model-names.js';
import type { RunReport } from '../../core/evaluate/report.js';

/** The report with models called by what tells them apart in it. */
export function withShortNames(report: RunReport): RunReport {
  const names = modelNames(report);
  const renamed = (value: unknown): unknown => {
    if (typeof value === 'string') return names.get(value) ?? value;
    if (Array.isArray(value)) return value.map(renamed);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, renamed(inner)]));
  };
  return renamed(report) as RunReport;
}
