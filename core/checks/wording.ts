import type { Query } from '../sql/ast.js';
import { queries, sources } from '../sql/walk.js';
import { reject, type Rejection } from './rejection.js';

/** Characters of a question at most: people ask in one to three sentences. */
const longest = 800;

/** What models say of their own work. A database may well be about questions: "the question is" can be of its rows. */
const aboutItself =
  /\bthe query (?:should|is|must|also|asks|joins|uses|would)\b|\b(?:the|this|your) question (?:should|asks|requires)\b|\bsql (?:query|statement)\b/i;

/** Whether a question is one that a person could ask: not endless, and not in terms of the statement that answers it. */
export function checkWording(question: string, query: Query): Rejection | null {
  if (question.length > longest) return reject('question-unnatural', `${question.length} characters`);
  const told = aliases(query).find((alias) => new RegExp(`\\b${alias}\\b`, 'i').test(question));
  if (told !== undefined) return reject('question-unnatural', `the statement's own name ${told}`);
  const itself = aboutItself.exec(question);
  return itself && reject('question-unnatural', itself[0]);
}

/** Short names that statements give to tables, `t1`; a longer alias may be a word. */
function aliases(query: Query): string[] {
  const names = queries(query).flatMap(({ body }) =>
    body.kind === 'select' ? sources(body.from).map((source) => ('alias' in source ? source.alias : null)) : [],
  );
  return [...new Set(names.filter((name) => name !== null && /^[a-z]{1,2}\d+$/i.test(name)))] as string[];
}
