import { formatTable } from './output.js';
import type { EvalDocument } from './run-eval.js';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const percents = ([low, high]: [number, number]): string => `${percent(low)} to ${percent(high)}`;

/** An evaluation for a person to read. */
export function describeEval(document: EvalDocument): string {
  const {
    defects,
    variantDefects = [],
    openGolds = [],
    alternatives = [],
    exAlternatives,
    skipped,
    byHardness,
    byFeature,
    byDatabase,
  } = document;
  const parts = [
    measures(document),
    shares('Hardness', byHardness),
    shares('Part of SQL', byFeature),
    ...(Object.keys(byDatabase).length > 1 ? [shares('Database', byDatabase)] : []),
    ...errors(document),
    ...comparisons(document),
  ];
  if (defects.length > 0)
    parts.push(
      `${defects.length} gold statements have a defect: ${defects.map(({ id, reason }) => `${id} (${reason})`).join(', ')}`,
    );
  if (openGolds.length > 0)
    parts.push(
      `${openGolds.length} answers counted as wrong are to questions that their gold leaves open: it keeps some of several rows that are ordered alike (${openGolds.join(', ')})`,
    );
  if (exAlternatives !== undefined)
    parts.push(
      `${alternatives.length} of them give other rows of these, as right as the gold's (${alternatives.join(', ')}): counted as right, execution accuracy is ${percent(exAlternatives)}`,
    );
  if (variantDefects.length > 0)
    parts.push(
      `Gold statements that do not run on a variant: ${variantDefects.map(({ id, variant, reason }) => `${id} (${variant}: ${reason})`).join(', ')}`,
    );
  if (skipped > 0) parts.push(`${skipped} questions were left out: their database is missing.`);
  return parts.join('\n\n');
}

function measures(document: EvalDocument): string {
  const { n, ex, exCi, exNonEmpty, nonEmpty, em, setMatch, bleu2, bleu = {}, valid, testSuite, semantics } = document;
  return formatTable(
    ['Measure', 'Value', ''],
    [
      [`execution accuracy (${semantics})`, percent(ex), `95 % interval ${percents(exCi)}, ${n} questions`],
      ['of gold with rows', percent(exNonEmpty), `${nonEmpty} questions`],
      ...(testSuite === undefined ? [] : [['test suite', percent(testSuite), 'on every variant of the database']]),
      ['exact match', percent(em), 'values included'],
      ['exact set match', percent(setMatch), 'clause by clause, values left out'],
      ['BLEU-2', percent(bleu2), ''],
      ...Object.entries(bleu).map(([order, score]) => [`BLEU-${order}`, percent(score), '']),
      ['valid SQL', percent(valid), ''],
    ],
  );
}

function shares(title: string, by: EvalDocument['byHardness']): string {
  return formatTable(
    [title, 'Questions', 'Execution accuracy'],
    Object.entries(by).map(([name, { n, ex }]) => [name, String(n), percent(ex)]),
  );
}

/** How often each kind of error is, with one answer that has it. */
function errors({ errors: counts, examples }: EvalDocument): string[] {
  const sorted = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (sorted.length === 0) return [];
  const example = (kind: string): string => {
    const found = examples.find(({ error }) => error === kind);
    return found ? `${found.id}: ${found.predicted.replace(/\s+/g, ' ')}` : '';
  };
  return [
    formatTable(
      ['Error', 'Questions', 'For example'],
      sorted.map(([kind, count]) => [kind, String(count), example(kind)]),
    ),
  ];
}

function comparisons({ compared = [], ex }: EvalDocument): string[] {
  if (compared.length === 0) return [];
  const rows = compared.map(({ pred, paired, ex: other }) => {
    const { difference, interval, onlyFirst, onlySecond, p } = paired;
    const sign = difference > 0 ? '+' : '';
    return [
      ...[pred, percent(other), `${sign}${percent(difference)}`, percents(interval)],
      ...[`${onlyFirst} / ${onlySecond}`, p < 0.001 ? '< 0.001' : p.toFixed(3)],
    ];
  });
  const header = ['Compared with', 'Its accuracy', 'Difference', '95 % interval', 'Only this / only that', 'McNemar p'];
  return [`This model: ${percent(ex)}.\n${formatTable(header, rows)}`];
}
