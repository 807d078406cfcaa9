import { z } from 'zod';
import type { GuideSource } from '../core/run-spec.js';
import { InvalidInputError } from '../core/errors.js';

/** The YAML at the head of a guide's file; a folder of plain Markdown needs none. */
export const guideFrontMatter = z.object({
  title: z.string().min(1).optional(),
  topic: z.string().min(1).optional(),
  licence: z.string().min(1).optional(),
  teaches: z.array(z.string()).optional(),
});

/** Names of sets of sources; each dialect's sources.yaml says what they consist of. */
export const sourceSetNames: ReadonlySet<string> = new Set(['official', 'tutorials']);

/** A site as dialects/<name>/sources.yaml has it: pages that are listed, or all below a prefix that can be reached from the start. */
const sourceSet = z.array(
  z
    .strictObject({
      url: z.url(),
      pages: z.array(z.string().min(1)).min(1).optional(),
      /** Page to begin with, as seen from `url`, where that is not a page itself. */
      start: z.string().min(1).optional(),
      prefix: z.url().optional(),
      selector: z.string().min(1).optional(),
      licence: z.string().min(1),
      /** What the licence allows, in a sentence for a reader. */
      note: z.string().min(1),
      limit: z.number().int().min(1).optional(),
    })
    .refine(({ pages, prefix }) => (pages === undefined) !== (prefix === undefined), 'give either pages or prefix'),
);
export type SourceSet = z.infer<typeof sourceSet>;

export const sourceSetFile = z.strictObject({ official: sourceSet, tutorials: sourceSet.optional() });

/** A guide source whose fields are checked and whose defaults are filled in. */
export type ResolvedSource =
  | { kind: 'built-in' }
  | { kind: 'folder'; path: string; licence: string; limit: number }
  | { kind: 'site'; url: string; prefix: string; selector: string | null; licence: string; limit: number };

const USUAL_LIMIT = 200;
export const NO_LICENCE = 'not stated';

/**
 * Says what a source is: `built-in`, an http(s) address, or the path of a folder of Markdown.
 * `prefix` is an address or a path on the same host, and the page alone where it is left out.
 * Raises InvalidInputError for any other address.
 */
export function resolveSource({
  url,
  prefix,
  selector,
  licence = NO_LICENCE,
  limit = USUAL_LIMIT,
}: GuideSource): ResolvedSource {
  if (url === 'built-in') return { kind: 'built-in' };
  if (!/^[a-z][a-z0-9+.-]+:/i.test(url)) return { kind: 'folder', path: url, licence, limit };
  const start = readAddress(url);
  const within = prefix === undefined ? start : readAddress(new URL(prefix, start).href);
  if (within.origin !== start.origin || !start.href.startsWith(within.href)) {
    throw new InvalidInputError(
      `The prefix ${within.href} of the guide source ${url} is not the beginning of its address.`,
      'Give a prefix that the address begins with.',
    );
  }
  return { kind: 'site', url: start.href, prefix: within.href, selector: selector ?? null, licence, limit };
}

function readAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new InvalidInputError(
      `The guide source ${text} is neither an http or https address nor a folder.`,
      'Use http, https, the path of a folder of Markdown, or built-in.',
    );
  }
  if (url.username || url.password) {
    throw new InvalidInputError(
      `The guide source ${url.host} holds a user name or password.`,
      'Take them out of the address; only public pages are read.',
    );
  }
  url.hash = '';
  return url;
}
