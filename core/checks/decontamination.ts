import type { DialectManifest } from '../dialect.js';
import { ParseError } from '../sql/parse-error.js';
import { parse } from '../sql/parser.js';
import { skeleton } from '../sql/skeleton.js';
import type { Query } from '../sql/ast.js';
import { canonicalText } from '../metrics/exact-match.js';
import { literalsOf } from './literals.js';
import { wordShingles } from './min-hash.js';
import { reject, type Rejection } from './rejection.js';

/** A question and statement of a set that models are evaluated on. */
export interface EvaluationItem {
  id: string;
  question: string;
  sql: string;
}

/** Words in a row that a question may not share with an evaluation question. */
const ngram = 8;

/** Whether a pair gives an evaluation set away. */
export type ContaminationCheck = (pair: { question: string }, query: Query) => Rejection | null;

/**
 * A pair is contaminated where its question shares 8 words in a row with an evaluation question (a shorter one: all its words), or where
 * its statement is an evaluation statement: the same text, or the same skeleton with the same values, at least one of them telling (a text
 * of three or more letters, or a number of three or more digits). `LIMIT 1` alone gives nothing away.
 */
export function createContaminationCheck(
  evaluation: readonly EvaluationItem[],
  manifest: DialectManifest,
): ContaminationCheck {
  const grams = new Map<string, string>();
  const statements = new Map<string, string>();
  for (const item of evaluation) {
    for (const gram of wordShingles(item.question, ngram)) if (gram !== '') grams.set(gram, item.id);
    for (const key of evaluationKeys(item.sql, manifest)) statements.set(key, item.id);
  }
  return (pair, query) => {
    for (const gram of wordShingles(pair.question, ngram)) {
      const id = grams.get(gram);
      if (id !== undefined) return reject('contaminated', `question shares "${gram}" with ${id}`);
    }
    const key = statementKeys(query, manifest).find((candidate) => statements.has(candidate));
    return key === undefined ? null : reject('contaminated', `statement is that of ${statements.get(key)}`);
  };
}

// Evaluation statements may be of another dialect; those that this one cannot read are compared as text alone.
function evaluationKeys(sql: string, manifest: DialectManifest): string[] {
  try {
    return statementKeys(parse(sql, manifest), manifest);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return [`text\u0000${canonicalText(sql, manifest)}`];
  }
}

function statementKeys(query: Query, manifest: DialectManifest): string[] {
  const text = `text\u0000${canonicalText(query, manifest)}`;
  const values = literalsOf(query).map((value) => value.toLowerCase());
  const telling = values.some((value) => /\p{L}{3}/u.test(value) || /\d{3}/.test(value));
  return telling ? [text, `shape\u0000${skeleton(query, manifest)}\u0000${values.sort().join('\u0000')}`] : [text];
}
