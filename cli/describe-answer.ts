import type { Answered, LinkedWords } from '../core/answer.js';
import type { FetchedRows, SqlValue } from '../core/database.js';
import { formatTable } from './output.js';

const widestCell = 60;

/** A result as a table. What would move the cursor or change the terminal's colours is shown as a sign. */
export function describeRows({ columns, rows }: FetchedRows): string {
  return formatTable(
    columns.map(cellOf),
    rows.map((row) => row.map(cellOf)),
  );
}

function cellOf(value: SqlValue): string {
  const text = value === null ? 'NULL' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) => (/\s/.test(sign) ? ' ' : '\uFFFD'));
  return [...plain].length > widestCell ? `${[...plain].slice(0, widestCell - 1).join('')}…` : plain;
}

/** How an answer came about, in words. */
export function describeAnswer({
  sql,
  linked,
  unlinked = [],
  candidates,
  routing,
  timings,
  ...answered
}: Answered): string {
  const lines = [`Model ${answered.model}, ${answered.dialect}, database ${answered.database}.`, ''];
  lines.push('Words of the question:');
  lines.push(...(linked.length === 0 ? ['  none names anything of the database'] : linked.map(describeLink)));
  if (unlinked.length > 0) lines.push(`  not found: ${unlinked.map((word) => `"${word}"`).join(', ')}`);
  lines.push('', 'Statement:', `  ${sql ?? 'none'}`);
  if (candidates.length > 1) {
    lines.push('', 'Statements that were tried, with the samples that agree on the result:');
    lines.push(
      ...candidates.map((one) => `  ${one.votes}  ${one.outcome === 'rows' ? '' : `(${one.outcome}) `}${one.sql}`),
    );
  }
  if (routing) lines.push('', `Experts: ${describeRouting(routing)}.`);
  const { link, decode, execute } = timings;
  lines.push('', `Linking ${link} ms, model ${decode} ms, database ${execute} ms.`);
  return lines.join('\n');
}

function describeLink({ text, kind, names, value }: LinkedWords): string {
  if (kind !== 'value')
    return `  "${text}": the ${kind} ${names[0]}${names.length > 1 ? `, or ${names.slice(1).join(', ')}` : ''}`;
  const spelled = value === undefined ? '' : `, spelled "${value}" there`;
  return `  "${text}": a value${names.length > 0 ? ` of ${names.join(', ')}` : ''}${spelled}`;
}

/** Each expert's share of prompt and answer, in per cent. */
function describeRouting({ experts, tokens }: NonNullable<Answered['routing']>): string {
  const share = (part: 'prompt' | 'answer', expert: number): string => {
    const own = tokens.filter((token) => token.part === part);
    const mean = own.reduce((sum, { shares }) => sum + shares[expert]!, 0) / Math.max(1, own.length);
    return `${Math.round(mean * 100)} %`;
  };
  return experts
    .map((name, at) => `${name} ${share('prompt', at)} of the question, ${share('answer', at)} of the answer`)
    .join('; ');
}
