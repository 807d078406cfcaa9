import { z } from 'zod';
import type { AskRequest, FeedbackRequest, RunRequest } from '../../../web/playground/api.js';
import { longestQuestion } from '../../answer/answer-question.js';

const name = z.string().min(1).max(500);
const statement = z.string().max(50_000);
const tooLong = `A question has ${longestQuestion.toLocaleString('en-US')} characters at most`;

export const askRequest: z.ZodType<AskRequest> = z.strictObject({
  question: z.string().trim().min(1, 'There is no question').max(longestQuestion, tooLong),
  model: name,
  database: name,
  samples: z.number().int().min(1).max(16).optional(),
});

export const runRequest: z.ZodType<RunRequest> = z.strictObject({ database: name, sql: statement.min(1) });

export const feedbackRequest: z.ZodType<FeedbackRequest> = z.strictObject({
  question: z.string().trim().min(1).max(longestQuestion),
  model: name,
  database: name,
  sql: statement.nullable(),
  correctedSql: statement.trim().min(1).nullable(),
  vote: z.enum(['up', 'down']),
  outcome: z.enum(['rows', 'invalid', 'runtime-error', 'not-executable', 'refused', 'timeout', 'crash']).nullable(),
});
