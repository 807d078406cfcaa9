import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { InvalidInputError, NotFoundError } from '../../core/errors.js';
import type { GuideSource } from '../../core/run-spec.js';
import { projectRoot } from '../../schema/home.js';
import { sourceSetFile, sourceSetNames, type SourceSet } from '../../schema/source.js';

/** The sets of sources that a dialect's sources.yaml names. Raises NotFoundError for a dialect without one. */
export async function readSourceSets(dialect: string): Promise<Partial<Record<string, SourceSet>>> {
  const path = join(projectRoot(), 'dialects', dialect, 'sources.yaml');
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) {
    throw new NotFoundError(
      `The dialect ${dialect} has no sources of its own to scrape.`,
      'Name a site or a folder of Markdown, or use the built-in guides.',
    );
  }
  const file = sourceSetFile.safeParse(parseYaml(text));
  if (file.success) return file.data;
  const issue = file.error.issues[0];
  throw new InvalidInputError(
    `dialects/${dialect}/sources.yaml is wrong at ${issue?.path.join('.') || 'its top'}: ${issue?.message}.`,
    'Correct it; docs/scrape.md lists the fields of a source.',
  );
}

/** Puts in place of `official` and `tutorials` the sources that these sets of the dialect consist of. */
export async function expandSources(dialect: string, sources: GuideSource[]): Promise<GuideSource[]> {
  const expanded = sources.map(async (source): Promise<GuideSource[]> => {
    if (!sourceSetNames.has(source.url)) return [source];
    const set = (await readSourceSets(dialect))[source.url];
    if (set) return set.flatMap(sourcesOf);
    throw new NotFoundError(
      `The dialect ${dialect} has no set of sources "${source.url}".`,
      `Name a site, a folder of Markdown, built-in, or a set that dialects/${dialect}/sources.yaml has.`,
    );
  });
  return (await Promise.all(expanded)).flat();
}

/** One source for the pages below a prefix, or one for each page that is listed. */
function sourcesOf({ url, pages, start, prefix, selector, licence, limit }: SourceSet[number]): GuideSource[] {
  const shared = { licence, ...(selector && { selector }) };
  if (pages) return pages.map((page) => ({ url: new URL(page, url).href, ...shared, limit: 1 }));
  return [{ url: new URL(start ?? '', url).href, ...shared, ...(prefix && { prefix }), ...(limit && { limit }) }];
}
