import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { splitFrontMatter } from '../../core/guides/front-matter.js';
import { guidesOfPage } from '../../core/guides/guides-of-page.js';
import { InvalidInputError, NotFoundError } from '../../core/errors.js';
import type { Guide } from '../../core/template.js';
import { projectRoot } from '../../schema/home.js';
import { guideFrontMatter } from '../../schema/source.js';
import { sha256 } from '../s3/hash.js';

export interface FolderOptions {
  dialect: string;
  /** Licence of files that name none themselves. */
  licence: string;
  /** What `source` of the guides begins with; the file's path below the folder follows. */
  source: string;
  vocabulary: Iterable<string>;
  limit?: number;
  /** Built-in guides and others that state what they teach are one guide a file; longer files are split. */
  maxWords?: number;
}

/** Where the guides that come with Dialectic lie, for the sources and for the built package alike. */
export function builtInFolder(dialect: string): string {
  return join(projectRoot(), 'dialects', dialect, 'guides');
}

/** The built-in guides of a dialect, one a file, sorted by name. Raises NotFoundError for a dialect that has none. */
export async function readBuiltInGuides(dialect: string): Promise<Guide[]> {
  const folder = builtInFolder(dialect);
  return readMarkdownFolder(folder, { dialect, licence: 'Apache-2.0', source: 'built-in', vocabulary: [] });
}

/**
 * Reads the Markdown files below a folder as guides. A YAML head may give title, topic, licence and what is taught; a file whose head
 * says what it teaches is one guide, any other is split at its headings. Raises NotFoundError when the folder is missing.
 */
export async function readMarkdownFolder(folder: string, options: FolderOptions): Promise<Guide[]> {
  const files = await listMarkdown(folder);
  const guides: Guide[] = [];
  for (const file of files.slice(0, options.limit)) guides.push(...(await readGuideFile(folder, file, options)));
  return guides;
}

async function listMarkdown(folder: string): Promise<string[]> {
  const isFolder = await stat(folder).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    throw new NotFoundError(
      `There is no folder of guides at ${folder}.`,
      'Give the path of a folder that holds Markdown files.',
    );
  }
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(md|markdown)$/i.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

async function readGuideFile(folder: string, file: string, options: FolderOptions): Promise<Guide[]> {
  const { yaml, body } = splitFrontMatter(await readFile(join(folder, file), 'utf8'));
  const head = readHead(yaml, file);
  const name = file.replace(/\.(md|markdown)$/i, '');
  const title = head.title ?? /^#\s+(.+)$/m.exec(body)?.[1]?.trim() ?? basename(name);
  const page = {
    dialect: options.dialect,
    id: `${options.dialect}/${name}`,
    title,
    topic: head.topic ?? title,
    markdown: body,
    source: options.source === 'built-in' ? 'built-in' : `${options.source}/${file}`,
    licence: head.licence ?? options.licence,
    fetchedAt: null,
  };
  const whole = head.teaches !== undefined;
  if (!whole) return guidesOfPage(page, { hash: sha256, ...options });
  const { markdown, ...rest } = page;
  const text = markdown.trim();
  return [{ ...rest, text, teaches: head.teaches!.map((term) => term.toUpperCase()).sort(), hash: sha256(text) }];
}

function readHead(yaml: string | null, file: string) {
  if (yaml === null) return {};
  let value: unknown;
  try {
    value = parseYaml(yaml);
  } catch (cause) {
    throw new InvalidInputError(`The head of ${file} is not YAML.`, 'Correct the lines between the two --- lines.', {
      cause,
    });
  }
  const head = guideFrontMatter.safeParse(value ?? {});
  if (head.success) return head.data;
  const issue = head.error.issues[0];
  throw new InvalidInputError(
    `The head of ${file} is wrong at ${issue?.path.join('.') || 'its top'}.`,
    'Give title, topic and licence as texts and teaches as a list of texts.',
  );
}
