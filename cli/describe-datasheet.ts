import type { Datasheet } from '../core/datasheet.js';
import { formatTable, paint } from './output.js';

/** A datasheet for a terminal: the funnel by reason, coverage with what is missing, shares and lengths. */
export function describeDatasheet(id: string, sheet: Datasheet): string {
  const { populated = sheet.pairs, ...reasons } = sheet.funnel;
  const removed = Object.entries(reasons)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  const { functions, keywords } = sheet.coverage;
  return [
    paint('bold', `${id}: ${number(sheet.pairs)} of ${number(populated)} pairs passed every check`),
    '',
    formatTable(
      ['rejected because', 'pairs', 'share'],
      removed.map(([reason, count]) => [reason.replaceAll('-', ' '), number(count), percent(count / populated)]),
    ),
    '',
    ...covered('functions of the engine', functions),
    ...covered('keywords of the dialect', keywords),
    '',
    `Skeletons  ${number(sheet.skeletons)} distinct, ${sheet.skeletonDiversity.toFixed(3)} a pair`,
    `Hardness   ${shares(sheet.byHardness, sheet.pairs)}`,
    `Splits     ${shares(sheet.splits, sheet.pairs)}`,
    `Databases  ${shares(sheet.byDatabase, sheet.pairs)}`,
    `Teachers   ${shares(sheet.byTeacher, sheet.pairs)}`,
    `Words      ${sheet.questionWords.join(' / ')} in a question, ${sheet.statementWords.join(' / ')} in a statement (least / median / most)`,
    `Most used  ${Object.entries(sheet.keywords)
      .slice(0, 20)
      .map(([word, count]) => `${word} ${number(count)}`)
      .join(', ')}`,
  ].join('\n');
}

function covered(what: string, { covered: used, missing, share }: Datasheet['coverage']['functions']): string[] {
  const line = `${used.length} of ${used.length + missing.length} ${what} are used (${percent(share)})`;
  return missing.length === 0 ? [line] : [line, paint('dim', `  none uses ${missing.join(', ')}`)];
}

const number = (count: number): string => count.toLocaleString('en-US');
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const shares = (counts: Record<string, number>, total: number): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${number(count)} (${percent(count / Math.max(1, total))})`)
    .join(', ');
