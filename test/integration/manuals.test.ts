import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { createPageParser } from '../../adapters/web/page-parser.js';
import { manuals } from '../../bench/corpus/manuals.js';
import { measureScrape } from '../../bench/corpus/measure-scrape.js';
import { startManual } from '../servers/manual.js';

const tutorials = fileURLToPath(new URL('../../../shared/data/tutorials', import.meta.url));
const present = existsSync(tutorials);
if (!present) console.warn('Skipped: the manuals are test data, and ../shared/data/tutorials is not there.');

const parser = createPageParser(60_000);
afterAll(() => parser.close());

/** Of each manual a few pages: the reference of functions, and pages with code in lists, quotations and tables. */
const slice: Record<string, RegExp> = {
  sqlite: /^(?:lang_(?:corefunc|aggfunc|datefunc|with|upsert)|json1|windowfunctions|datatype3|nulls)\.html$/,
  postgres:
    /^(?:functions-(?:aggregate|string|json|conditional)|datatype-character|queries-with|ddl-partitioning)\.html$/,
  bigquery: /^(?:array_functions|json_functions|string_functions|collation-concepts|data-types|net_functions)\.md$/,
  duckdb:
    /^docs\/(?:sql\/functions\/(?:char|date|nested)|sql\/aggregates|data\/csv\/tips|guides\/sql_features\/asof_join)\.md$/,
};

describe.skipIf(!present)('a manual as it really is', () => {
  it.each(manuals)(
    '$dialect: code survives whole, every function has its guide, only what changed is done again',
    async (manual) => {
      const site = await startManual(`${tutorials}/${manual.folder}`, (file) => slice[manual.dialect]!.test(file));
      onTestFinished(() => site.close());
      const { pages, blocks, functions, nothingChanged, onePageChanged } = await measureScrape(manual, site, parser);
      expect(pages).toBe(site.files.size + 1);
      expect(blocks.inOriginals).toBeGreaterThan(40);
      expect(blocks.share, blocks.lost[0]?.block ?? '').toBeGreaterThanOrEqual(0.99);
      expect(functions.inReference).toBeGreaterThan(50);
      expect(functions.unattributed).toEqual([]);
      expect(nothingChanged).toMatchObject({ fetched: 0, unchanged: pages, guides: { new: 0, changed: 0, gone: 0 } });
      expect(onePageChanged).toMatchObject({
        fetched: 1,
        unchanged: pages - 1,
        guides: { new: 0, changed: 1, gone: 0 },
      });
    },
  );
});
