import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InvalidInputError } from '../core/errors.js';
import { extractSeeds, type ExtractionReport } from '../core/seeds/extract.js';
import type { Losses } from '../core/seeds/refusal.js';
import { formatSeedFile, writeSeedFile } from '../core/seeds/seed-file.js';
import type { SpiderRow, SpiderSchema } from '../core/seeds/spider.js';
import { dialects } from '../dialects/registry.js';
import { readDocument } from './read-document.js';

/** Reads queries and their schemas, extracts the templates, says what gave none and why, and writes a seed file where `out` says. */
export async function extractSeedFile({
  from,
  tables,
  dialect,
  out,
}: {
  from: string;
  tables?: string;
  dialect: string;
  out?: string;
}): Promise<{ report: ExtractionReport; losses: Losses; out?: string }> {
  const target = dialects[dialect]?.manifest;
  if (!target)
    throw new InvalidInputError(`There is no dialect "${dialect}".`, `Use one of ${Object.keys(dialects).join(', ')}.`);
  const rows = (await readDocument(from)) as SpiderRow[];
  const schemas = (await readDocument(tables ?? join(dirname(from), 'tables.json'))) as SpiderSchema[];
  if (!Array.isArray(rows) || !Array.isArray(schemas))
    throw new InvalidInputError(
      "The files are not in Spider's format.",
      'Give a list of queries, and a list of schemas.',
    );
  const { templates, report, losses } = extractSeeds(rows, schemas, { source: dialects['sqlite']!.manifest, target });
  if (out) await writeFile(out, formatSeedFile(writeSeedFile(templates, report)));
  return { report, losses, ...(out && { out }) };
}
