import type { RunStatus, StageReport } from '../core/contract.js';

/** A run's progress as Markdown, as the Temporal UI shows it: a sentence, then a row a finished stage. */
export function describeProgress({ state, doing, stages }: RunStatus): string {
  const sentence = state === 'running' ? doing : `**${state.replace('-', ' ')}**: ${doing}`;
  if (stages.length === 0) return sentence;
  return [
    sentence,
    '',
    '| stage | of | in | out | seconds | cost |',
    '|---|---|---:|---:|---:|---:|',
    ...stages.map(row),
  ].join('\n');
}

function row({ stage, dialect, part, in: into, out, seconds, reused, costUsd }: StageReport): string {
  const of = [dialect, part].filter(Boolean).join(' ');
  const took = reused ? 'reused' : seconds.toFixed(1);
  const cost = costUsd === null ? 'unknown' : `$${costUsd.toFixed(2)}`;
  return `| ${stage} | ${of} | ${into} | ${out} | ${took} | ${cost} |`;
}
