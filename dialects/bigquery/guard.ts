import { statementTokens } from './rewrite.js';

/** Why a statement is not run; null where it may be. That it only reads is left to the engine, which takes nothing else. */
export function refusal(sql: string): string | null {
  const tokens = statementTokens(sql);
  if (tokens.some(({ text, kind }) => text === ';' && kind === 'operator'))
    return 'Only a single statement is allowed.';
  const first = tokens.find(({ text }) => text !== '(')?.value ?? '';
  return ['SELECT', 'WITH', 'FROM'].includes(first) ? null : 'Only a query is allowed.';
}
