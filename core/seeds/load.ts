import { InvalidInputError } from '../errors.js';
import { parse } from '../sql/parser.js';
import type { Template } from '../template.js';
import { finishSeed, type ExtractionDialects } from './extract.js';
import { countLoss, type Losses, SeedRefusal, type SeedReason } from './refusal.js';
import { readSlots, type SeedFile, type SeedRecord } from './seed-file.js';
import { transpileDraft } from './transpile.js';

export interface LoadedSeeds {
  /** Most frequent first. */
  templates: Template[];
  report: {
    /** Seeds in the file, and those that cannot be made legal in the target dialect, by reason. */
    seeds: number;
    templates: number;
    skeletons: number;
    lost: Partial<Record<SeedReason, number>>;
  };
  /** What `report.lost` counts, with an example of each. */
  losses: Losses;
}

/**
 * Reads a seed file (parsed JSON; core reads no files) into templates of the target dialect. `limit` takes only the most frequent seeds.
 * Throws InvalidInputError where it is not a seed file.
 */
export function loadSeeds(
  file: unknown,
  { source, target = source }: ExtractionDialects,
  { limit }: { limit?: number } = {},
): LoadedSeeds {
  if (!isSeedFile(file)) {
    throw new InvalidInputError('This is not a seed file of version 1.', 'Make one with `dialectic seeds extract`.');
  }
  const lost: LoadedSeeds['report']['lost'] = {};
  const losses: Losses = {};
  const templates: Template[] = [];
  for (const record of file.seeds.slice(0, limit)) {
    const template = loadSeed(record, { source, target });
    if (typeof template === 'string') {
      lost[template] = (lost[template] ?? 0) + 1;
      countLoss(losses, template, record.sql);
    } else templates.push(template);
  }
  const skeletons = new Set(templates.map((template) => template.skeleton)).size;
  return { templates, report: { seeds: file.seeds.length, templates: templates.length, skeletons, lost }, losses };
}

function loadSeed(record: SeedRecord, { source, target }: Required<ExtractionDialects>): Template | SeedReason {
  try {
    const draft = { query: parse(record.sql, source), ...readSlots(record) };
    return finishSeed(transpileDraft(draft, target), target, record.count);
  } catch (error) {
    if (error instanceof SeedRefusal) return error.reason;
    throw error;
  }
}

function isSeedFile(file: unknown): file is SeedFile {
  return (
    typeof file === 'object' &&
    file !== null &&
    'version' in file &&
    file.version === 1 &&
    'seeds' in file &&
    Array.isArray(file.seeds)
  );
}
