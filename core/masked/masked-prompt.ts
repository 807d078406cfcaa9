/** A table by the names that a statement would use. */
export interface TableNames {
  name: string;
  columns: string[];
}

/**
 * What an encoder–decoder reads: the question alone, as in Yalova et al., or with the schema before it.
 *
 * @example
 * maskedPrompt('How many singers?', [{ name: 'singer', columns: ['singer_id', 'name'] }])
 * // singer ( singer_id , name ) | How many singers?
 */
export function maskedPrompt(question: string, schema: readonly TableNames[] | null): string {
  const asked = question.trim().replace(/\s+/g, ' ');
  if (!schema) return asked;
  const tables = schema.map(({ name, columns }) => `${name} ( ${columns.join(' , ')} )`.toLowerCase());
  return [...tables, asked].join(' | ');
}
