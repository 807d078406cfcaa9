import { allDialects, type ArmComparison, type ExperimentReport } from '../../core/experiment/report.js';
import { percent, spaced } from '../page/format.js';

/** The comparisons by which an arm is judged: over all learned dialects where there are several, else of the one. */
export function chiefComparisons({ comparisons, dialects }: ExperimentReport): ArmComparison[] {
  const learned = dialects.filter(({ trained }) => trained);
  const chief = learned.length > 1 ? allDialects : learned[0]?.name;
  return comparisons.filter(({ dialect }) => dialect === chief);
}

/** `random-gates is worse than keyword-gates on known databases: −3.1 points (−5.0 to −1.2).` */
export function verdictLine(
  { arm, against, verdict, mean, interval, split, n }: ArmComparison,
  where: string | null = null,
): string {
  const place = `${spaced(split)}${where === null ? '' : ` of ${where}`}`;
  const figures = `${points(mean)} points (${points(interval[0])} to ${points(interval[1])}), ${n} answers`;
  return verdict === 'no difference shown'
    ? `Between ${arm} and ${against} no difference is shown on ${place}: ${figures}.`
    : `${arm} is ${verdict} than ${against} on ${place}: ${figures}.`;
}

/** `+1.2` and `−0.4`: a difference of shares in points of per cent. */
export function points(share: number): string {
  const text = percent(Math.abs(share));
  return text === '0.0' ? '0.0' : `${share > 0 ? '+' : '−'}${text}`;
}
