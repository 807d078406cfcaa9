import { setImmediate } from 'node:timers/promises';
import type { FunctionSignature } from '../core/database.js';
import { expandSteps } from '../core/expand/expand.js';
import type { Guide, Template } from '../core/template.js';
import { dialects } from '../dialects/registry.js';
import { exampleDatabase } from './example-database.js';
import type { Expansion } from './expand.js';

export interface ExpandInput {
  dialect: string;
  seeds: Template[];
  guides: Guide[];
  known: Template[];
  wanted: number;
  seed: number;
  functions: FunctionSignature[];
  /** The grammar stops when of its last rewritings a smaller share was new. */
  minYield?: number;
}

/**
 * The offline teacher: seeds, the guides' own examples, and rewritings of both by a typed grammar. Deterministic by seed.
 * `onProgress` is told how many templates there are.
 */
export async function expandOffline(input: ExpandInput, onProgress: (made: number) => void): Promise<Expansion> {
  const { dialect, seeds, guides, known, wanted, seed, functions, minYield } = input;
  const { manifest, phrases } = dialects[dialect]!;
  const steps = expandSteps({
    ...{ manifest, phrases, examples: exampleDatabase(dialect), seeds, guides, functions, target: wanted, seed },
    exclude: known.map((template) => template.skeleton),
    ...(minYield === undefined ? {} : { minYield }),
  });
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return { templates: value.templates, rejects: value.rejects as Record<string, number> };
    onProgress(value);
    // Heartbeats, cancellation and other work of this process get their turn.
    await setImmediate();
  }
}
