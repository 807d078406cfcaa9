/**
 * How well the official manuals survive being scraped: SQL blocks that arrive whole, functions of the reference that are attributed to
 * the guide that explains them, and what a second scrape costs. The manuals are test data, served on loopback.
 *
 *     npx tsx bench/corpus/scrape.ts [--manual sqlite,postgres,bigquery,duckdb] [--lost 3] [--json]
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createPageParser } from '../../adapters/web/page-parser.js';
import { startManual } from '../../test/servers/manual.js';
import { manuals } from './manuals.js';
import { measureScrape } from './measure-scrape.js';

const { values: flags } = parseArgs({
  options: {
    manual: { type: 'string', default: manuals.map(({ dialect }) => dialect).join(',') },
    lost: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const tutorials = fileURLToPath(new URL('../../../shared/data/tutorials', import.meta.url));
if (!existsSync(tutorials)) {
  console.error(
    'The manuals are not there: they are test data that lies beside the checkout, in shared/data/tutorials.',
  );
  process.exit(3);
}

const parser = createPageParser(60_000);
const results = [];
for (const manual of manuals.filter(({ dialect }) => flags.manual.split(',').includes(dialect))) {
  const site = await startManual(`${tutorials}/${manual.folder}`);
  try {
    const result = await measureScrape(manual, site, parser);
    results.push(result);
    if (!flags.json) print(result);
  } finally {
    await site.close();
  }
}
parser.close();
if (flags.json) console.log(JSON.stringify(results, null, 2));

function print({
  manual,
  pages,
  guides,
  skipped,
  blocks,
  functions,
  ...scrapes
}: Awaited<ReturnType<typeof measureScrape>>): void {
  console.log(`\n${manual}: ${pages} pages, ${guides} guides, ${skipped.length} skipped`);
  for (const { url, reason, detail } of skipped.slice(0, 3)) console.log(`  skipped ${url}: ${reason}, ${detail}`);
  console.log(`  SQL blocks whole: ${blocks.whole} of ${blocks.inOriginals} (${(blocks.share * 100).toFixed(1)} %)`);
  console.log(`  functions attributed: ${(functions.share * 100).toFixed(1)} % of ${functions.inReference}`);
  if (functions.unattributed.length > 0) console.log(`  without: ${functions.unattributed.slice(0, 40).join(', ')}`);
  for (const [name, figures] of Object.entries(scrapes)) console.log(`  ${name}: ${JSON.stringify(figures)}`);
  for (const { file, block } of blocks.lost.slice(0, Number(flags.lost))) console.log(`--- lost in ${file}\n${block}`);
}
