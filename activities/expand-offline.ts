import type { FunctionSignature } from '../core/database.js';

import { expandTemplates } from '../core/expand/expand.js';
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
}

/** The offline teacher: seeds, the guides' own examples, and rewritings of both by a typed grammar. Deterministic by seed. */
export function expandOffline({ dialect, seeds, guides, known, wanted, seed, functions }: ExpandInput): Expansion {
  const { manifest, phrases } = dialects[dialect]!;
  const { templates, rejects } = expandTemplates({
    ...{ manifest, phrases, examples: exampleDatabase(dialect), seeds, guides, functions, target: wanted, seed },
    exclude: known.map((template) => template.skeleton),
  });
  return { templates, rejects: rejects as Record<string, number> };
}
