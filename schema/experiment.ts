import { z } from 'zod';
import type { ExperimentSpec } from '../core/experiment/spec.js';

/** The longest names whose runs still have a name of at most 63 characters: `<experiment>-<arm>-<seed>`. */
const slug = (most: number) =>
  z
    .string()
    .regex(
      new RegExp(`^[a-z0-9][a-z0-9-]{0,${most - 1}}$`),
      `Write 1 to ${most} lower-case letters, digits and hyphens, beginning with a letter or digit`,
    );

const fields = z.record(z.string(), z.unknown(), {
  error: ({ input }) =>
    typeof input === 'string'
      ? `"${input}" is the path of a file, which only \`dialectic run\` reads; write the run spec in its place`
      : 'Write fields of a run spec',
});

/**
 * An experiment as people write it. What base and arms come to is read by the run spec's own schema, arm by arm.
 */
export const experimentSpecSchema = z.strictObject({
  name: slug(26).default('experiment'),
  experiment: z.strictObject({
    question: z.string().min(1).nullable().default(null),
    seeds: z
      .array(z.number().int().min(0).max(99_999))
      .min(1, 'Give at least one seed')
      .max(100)
      .refine((seeds) => new Set(seeds).size === seeds.length, 'A seed is given twice')
      .default([17]),
    vary: z.enum(['everything', 'training']).default('everything'),
    parallel: z.number().int().min(1).max(64).default(1),
    base: fields,
    everyArm: fields.default({}),
    arms: z
      .record(
        slug(30),
        fields.nullable().transform((arm) => arm ?? {}),
      )
      .refine(
        (arms) => Object.keys(arms).length >= 2,
        'Give at least two arms: the others are compared with the first',
      ),
  }),
}) satisfies z.ZodType<ExperimentSpec, unknown>;
