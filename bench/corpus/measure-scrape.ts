import type { PageParser } from '../../adapters/web/page-parser.js';
import { scrapeGuides } from '../../adapters/web/scrape-guides.js';
import type { ScrapeManifest } from '../../adapters/web/scrape-manifest.js';
import type { Guide } from '../../core/template.js';
import type { ManualSite } from '../../test/servers/manual.js';
import { normal, sqlBlocksOf, type Manual } from './manuals.js';

/** Scrapes a manual three times: as new, unchanged, and with one page changed. */
export async function measureScrape(manual: Manual, site: ManualSite, parser: PageParser) {
  const scrape = async (previous: ScrapeManifest | null) => {
    site.log.length = 0;
    const began = performance.now();
    const { manifest, counts, changes, skipped } = await scrapeGuides({
      dialect: manual.dialect,
      sources: [
        {
          ...{ url: site.start, prefix: site.start, licence: manual.licence, limit: 1_000 },
          ...(manual.selector && { selector: manual.selector }),
        },
      ],
      fetch: { allowLoopback: true, intervalMs: 0 },
      ...{ previous, parser },
    });
    const seconds = Math.round(performance.now() - began) / 1000;
    const { unchanged, ...rest } = changes;
    const changed = Object.fromEntries(Object.entries(rest).map(([name, ids]) => [name, ids.length]));
    return { manifest, skipped, figures: { seconds, ...counts, guides: { ...changed, same: unchanged.length } } };
  };

  const first = await scrape(null);
  const { guides } = first.manifest;
  const ofPage = new Map<string, Guide[]>();
  for (const guide of guides) ofPage.set(guide.source, [...(ofPage.get(guide.source) ?? []), guide]);
  const lost: { file: string; block: string }[] = [];
  const unattributed: string[] = [];
  let blocks = 0;
  let functions = 0;
  for (const [file, text] of site.files) {
    const own = ofPage.get(`${site.start}${file}`) ?? [];
    const kept = new Set(own.flatMap(({ text: guide }) => codeOf(guide)));
    for (const block of sqlBlocksOf(file, text)) {
      blocks += 1;
      if (!kept.has(block)) lost.push({ file, block });
    }
    const taught = new Set(own.flatMap(({ teaches }) => teaches));
    for (const name of manual.functionsOf(file, text)) {
      functions += 1;
      if (!taught.has(name)) unattributed.push(`${file} ${name}`);
    }
  }

  const same = await scrape(first.manifest);
  const [file, text] = [...site.files][Math.floor(site.files.size / 2)]!;
  site.change(file, text.replace(/(<\/body>|$)/i, '\n\nA sentence that is new.\n$1'));
  const one = await scrape(first.manifest);
  return {
    ...{ manual: manual.dialect, pages: first.manifest.pages.length, guides: guides.length, skipped: first.skipped },
    blocks: { inOriginals: blocks, whole: blocks - lost.length, share: share(blocks - lost.length, blocks), lost },
    functions: { inReference: functions, share: share(functions - unattributed.length, functions), unattributed },
    ...{ first: first.figures, nothingChanged: same.figures, onePageChanged: one.figures },
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : Math.round((part / whole) * 10_000) / 10_000;
}

/** The code blocks of a guide, found by their fences. */
function codeOf(markdown: string): string[] {
  return [...markdown.matchAll(/^(`{3,})[^\n]*\n([\s\S]*?)\n\1$/gm)].map(([, , code]) => normal(code ?? ''));
}
