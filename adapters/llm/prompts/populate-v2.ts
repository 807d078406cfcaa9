import { z } from 'zod';

export const populatePromptVersion = 'populate-v2';

export const populateReply = z.object({
  question: z.string().describe('the question that the query answers'),
  sql: z.string().nullable().describe('the query with better names or values, on one line; null to leave it as it is'),
});

/** How people ask; one is named in each request, so that a dataset has all of them. */
export const questionStyles = [
  'formal',
  'colloquial',
  'imperative',
  'terse, as typed into a search box',
  'a full question',
  'polite',
  'descriptive, saying why it is asked',
  'by someone who does not know the table names',
  'as a manager would put it in a message',
] as const;

export function populateSystem(input: { dialect: string; engine: string; database: string; schema: string }): string {
  return [
    `You write the question that a ${input.dialect} query (${input.engine}) answers.`,
    'The query was made by rule from the database below and runs on it. If its columns or values make no sense together,',
    'give it better ones, the structure unchanged and the values taken from the samples; otherwise leave it as it is.',
    'Write the question of a person who wants just this answer:',
    '- every number, date and text that the query compares with appears in it, as it stands in the query,',
    '- what is selected, filtered, grouped, ordered and limited can be read from it without seeing the query,',
    '- words, not SQL: “city” and not “t1.city”, “how many” and not COUNT.',
    '',
    `# Database ${input.database}`,
    input.schema,
  ].join('\n');
}

export function populateUser(input: { sql: string; style: string }): string {
  return `# Query\n${input.sql}\n\n# Style of the question\n${input.style}\n\nReply with JSON only.`;
}
