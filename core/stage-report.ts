import type { StageReport } from './contract.js';

/** The reports of a stage's parts as one: counts and costs add up, and it is reused when every part was. */
export function sumReports(reports: (StageReport | null)[]): StageReport {
  const [first, ...rest] = reports.filter((report) => report !== null);
  if (!first) throw new RangeError('There is no report to sum.');
  return rest.reduce<StageReport>(
    (sum, report) => ({
      ...sum,
      in: sum.in + report.in,
      out: sum.out + report.out,
      seconds: Math.round((sum.seconds + report.seconds) * 1000) / 1000,
      reused: sum.reused && report.reused,
      costUsd: sum.costUsd === null || report.costUsd === null ? null : sum.costUsd + report.costUsd,
      ...((sum.figures || report.figures) && { figures: sumFigures(sum.figures ?? {}, report.figures ?? {}) }),
    }),
    first,
  );
}

/** Field by field; a field that one side lacks counts as 0 there. */
export function sumFigures(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const sum = { ...a };
  for (const [name, value] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + value;
  return sum;
}
