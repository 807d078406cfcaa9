import { applyValues, matchValues, type ColumnValue, type FoundValue } from '../../core/answer/found-values.js';
import { phrasesOf, type Phrase } from '../../core/answer/phrases.js';
import {
  columnsToSearch,
  nearValuesQuery,
  sameValuesQuery,
  type SearchedColumn,
} from '../../core/answer/value-queries.js';
import type { DatabaseSchema, DatabaseSession } from '../../core/database.js';
import type { DialectManifest } from '../../core/dialect.js';
import { linkQuestion } from '../../core/prompt/link-question.js';

export interface ValueSearch {
  question: string;
  schema: DatabaseSchema;
  session: Pick<DatabaseSession, 'execute' | 'ref'>;
  dialect: DialectManifest;
  /** Milliseconds for the whole search; 0: nothing but the schema's samples is looked at. */
  budgetMs: number;
}

/** The question and the schema as they are put to the model, and what was found. */
export interface FoundInDatabase {
  question: string;
  schema: DatabaseSchema;
  found: FoundValue[];
}

/** A statement of the search may take this share of the time at most, so that one great table does not leave the others unread. */
const shareOfOne = 0.5;
const limits = { maxRows: 200, maxBytes: 200_000 };

/**
 * Looks for the values that a question means, and for how the database spells them: among the schema's samples first, then in the
 * database's text columns, for what is the same but for capitals, then for what is a slip of the pen away. Bounded in columns, rows
 * and time; a statement that fails or runs out of time says nothing. An engine that bills its queries is not searched.
 */
export async function findValues({
  question,
  schema,
  session,
  dialect,
  budgetMs,
}: ValueSearch): Promise<FoundInDatabase> {
  const linked = linkQuestion(question, schema);
  const phrases = phrasesOf(question, linked);
  if (phrases.length === 0) return { question, schema, found: [] };
  const values = sampledValues(schema);
  const spoken = new Set(linked.mentions.flatMap((mention) => (mention.kind === 'name' ? [mention.target.table] : [])));
  const columns = bills(session) ? [] : columnsToSearch(schema, spoken);
  const deadline = performance.now() + budgetMs;
  await readColumns((column, asked) => sameValuesQuery(column, asked, schema, dialect), phrases);
  const missing = withoutParts(phrases.filter((one) => one.likely && one.text.length >= 4 && !isFound(one)));
  if (missing.length > 0)
    await readColumns((column, asked) => nearValuesQuery(column, asked, schema, dialect), missing);
  const found = matchValues(phrases, values);
  return { ...applyValues(question, schema, found), found };

  async function readColumns(
    queryOf: (column: SearchedColumn, phrases: readonly Phrase[]) => string,
    asked: readonly Phrase[],
  ): Promise<void> {
    for (const column of columns) {
      const left = deadline - performance.now();
      if (left < 5) return;
      const outcome = await session.execute(queryOf(column, asked), {
        ...limits,
        timeoutMs: Math.ceil(Math.min(left, budgetMs * shareOfOne)),
      });
      if (outcome.kind !== 'rows') continue;
      for (const [value] of outcome.rows) if (typeof value === 'string') values.push({ value, ...column });
    }
  }

  function isFound({ start, end }: Phrase): boolean {
    return matchValues(phrases, values).some((other) => start < other.end && end > other.start);
  }
}

/** Each condition costs a look at every row, so of a phrase and its parts the phrase alone is looked for. */
const withoutParts = (phrases: readonly Phrase[]): Phrase[] =>
  phrases.filter(
    ({ start, end }) =>
      !phrases.some((other) => other.start <= start && other.end >= end && other.end - other.start > end - start),
  );

/** Google charges for every query, however small. */
const bills = ({ ref }: ValueSearch['session']): boolean => ref.url.startsWith('bigquery:');

function sampledValues({ tables }: DatabaseSchema): ColumnValue[] {
  return tables.flatMap(({ columns }, table) =>
    columns.flatMap(({ type, samples }, column) =>
      type === 'text' ? samples.flatMap((value) => (typeof value === 'string' ? [{ value, table, column }] : [])) : [],
    ),
  );
}
