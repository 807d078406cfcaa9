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
