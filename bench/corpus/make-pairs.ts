import { readFileSync } from 'node:fs';
import { exampleDatabase } from '../../activities/example-database.js';
import { readBuiltInGuides } from '../../adapters/web/markdown-folder.js';
import { checkPair } from '../../core/checks/pipeline.js';
import { createRoundTripJudge, type RoundTripJudge } from '../../core/checks/round-trip.js';
import type { DatabaseSchema, DatabaseSession, FunctionSignature } from '../../core/database.js';
import { expandTemplates, type ExpandResult } from '../../core/expand/expand.js';
import { populatePairs } from '../../core/populate/populate.js';
import { sampleDomains } from '../../core/samples/domains.js';
import { loadSeeds } from '../../core/seeds/load.js';
import type { Pair, Verdict } from '../../core/template.js';
import { openDatabase } from '../../dialects/open-database.js';
import { dialects } from '../../dialects/registry.js';
import { DatabasePool } from '../../dialects/sandbox/pool.js';

/** The flags that all programs over made pairs have. */
export const corpusFlags = {
  dialect: { type: 'string', default: 'sqlite' },
  templates: { type: 'string', default: '3000' },
  pairs: { type: 'string', default: '6000' },
  databases: { type: 'string', default: sampleDomains.slice(0, 4).join(',') },
  seed: { type: 'string', default: '1' },
} as const;

export type CorpusFlags = Record<keyof typeof corpusFlags, string>;

/** Sample databases opened for a dialect. */
export interface OpenDatabases {
  sessions: DatabaseSession[];
  schemas: DatabaseSchema[];
  functions: FunctionSignature[];
  close(): Promise<void>;
}

/** Seconds by what they were spent on. */
export type Seconds = Record<string, number>;

export async function timed<T>(seconds: Seconds, what: string, work: () => T | Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  seconds[what] = Math.round(performance.now() - started) / 1000;
  return result;
}

/** Opens fresh engines over the sample databases of the flags. */
export async function openSamples({ dialect, databases }: CorpusFlags, seconds: Seconds = {}): Promise<OpenDatabases> {
  const pool = new DatabasePool({ maxChildren: 2 });
  const names = databases.split(',');
  const sessions = await timed(seconds, 'open', () =>
    Promise.all(names.map((name) => openDatabase({ name, dialect, url: `sample:${name}` }, { pool }))),
  );
  const schemas = await timed(seconds, 'introspect', () =>
    Promise.all(sessions.map((session) => session.introspect())),
  );
  return {
    ...{ sessions, schemas, functions: await sessions[0]!.functions() },
    async close() {
      await Promise.all(sessions.map((session) => session.close()));
      await pool.close();
    },
  };
}

/** What the offline teacher makes, before any check. */
export async function makePairs(
  flags: CorpusFlags,
  { schemas, functions }: OpenDatabases,
  seconds: Seconds = {},
): Promise<{ expanded: ExpandResult; pairs: Pair[]; rejects: Record<string, number> }> {
  const { manifest, phrases } = dialects[flags.dialect]!;
  const guides = await readBuiltInGuides(flags.dialect);
  const file: unknown = JSON.parse(readFileSync(new URL('../../core/templates/seeds.json', import.meta.url), 'utf8'));
  const seeds = loadSeeds(file, { source: dialects['sqlite']!.manifest, target: manifest }).templates;
  const expanded = await timed(seconds, 'expand', () =>
    expandTemplates({
      ...{ manifest, phrases, examples: exampleDatabase(flags.dialect), seeds, guides, functions },
      ...{ target: Number(flags.templates), seed: flags.seed },
    }),
  );
  const pairs: Pair[] = [];
  const rejects: Record<string, number> = {};
  await timed(seconds, 'populate', () => {
    const { templates } = expanded;
    const input = { manifest, phrases, templates, schemas, count: Number(flags.pairs), seed: flags.seed };
    for (const part of populatePairs(input)) {
      pairs.push(...part.pairs);
      for (const [reason, n] of Object.entries(part.rejects)) rejects[reason] = (rejects[reason] ?? 0) + n;
    }
  });
  return { expanded, pairs, rejects };
}

/** The verdicts over pairs, in their order; every database's pairs one after another. `judged: false` leaves the judge out. */
export async function checkAll(
  dialect: string,
  pairs: readonly Pair[],
  { sessions, schemas }: OpenDatabases,
  { judged = true } = {},
): Promise<Verdict[]> {
  const { manifest, phrases } = dialects[dialect]!;
  const judge: RoundTripJudge = createRoundTripJudge(manifest, phrases);
  const verdicts = new Map<string, Verdict>();
  const queues = sessions.map(async (session, index) => {
    const schema = schemas[index]!;
    for (const pair of pairs.filter(({ database }) => database === schema.name)) {
      const verdict = await checkPair(pair, {
        ...{ manifest, maxRows: 1000 },
        execute: (sql) => session.execute(sql, { maxRows: 1001 }),
        judge: judged ? ({ query }) => judge(pair.question, query, schema) : null,
      });
      verdicts.set(pair.id, verdict);
    }
  });
  await Promise.all(queues);
  return pairs.map(({ id }) => verdicts.get(id)!);
}
