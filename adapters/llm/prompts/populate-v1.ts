import { z } from 'zod';

export const populatePromptVersion = 'populate-v1';

export const populateReply = z.object({
  sql: z.string().describe('the completed query, on one line'),
  question: z.string().describe('the question that the query answers'),
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
    `You complete ${input.dialect} query templates (${input.engine}) for a database and write the question each answers.`,
    'A template has placeholders: {T1} tables, {C1} columns, {V1} values. Replace every placeholder; keep everything else,',
    'word for word. Choose tables, columns and values so that the query returns rows: join along the foreign keys listed,',
    'and take values from the samples. Then write the question of a person who wants just this answer:',
    '- every value of the query appears in it as it stands in the query,',
    '- what is selected, filtered, grouped, ordered and limited can be read from it without seeing the query,',
    '- no SQL words, no placeholders.',
    '',
    `# Database ${input.database}`,
    input.schema,
  ].join('\n');
}

export function populateUser(input: { template: string; style: string }): string {
  return `# Template\n${input.template}\n\n# Style of the question\n${input.style}\n\nReply with JSON only.`;
}
