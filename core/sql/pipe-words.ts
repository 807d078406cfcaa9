import type { PipeOperator } from './ast.js';

/** The keywords of a pipe operator, as coverage counts them: `|> WHERE`, `|> AGGREGATE`, and the plain word. */
export function pipeWords(operator: PipeOperator): string[] {
  const word = wordOf(operator);
  return [word, `|> ${word}`];
}

function wordOf(operator: PipeOperator): string {
  switch (operator.kind) {
    case 'pipe-order':
      return 'ORDER BY';
    case 'pipe-join':
      return `${operator.join.type === 'inner' ? '' : operator.join.type} JOIN`.trim().toUpperCase();
    case 'pipe-set-operation':
      return operator.words.operator;
    case 'pipe-source':
      return operator.operation.kind === 'sample'
        ? 'TABLESAMPLE'
        : operator.operation.kind.toUpperCase().replace('-', '_');
    default:
      return operator.kind.slice('pipe-'.length).toUpperCase();
  }
}
