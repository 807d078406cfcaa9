/** The official manuals that lie among the test data, and what a plain reading of their files finds, independent of the scraper. */

export interface Manual {
  dialect: string;
  /** Below the folder of tutorials. */
  folder: string;
  /** CSS selector of the main content, as the dialect's sources.yaml has it. */
  selector?: string;
  licence: string;
  /** The functions that a page of the reference documents. */
  functionsOf(file: string, text: string): string[];
}

export const manuals: Manual[] = [
  { dialect: 'sqlite', folder: 'sqlite', licence: 'public domain', functionsOf: sqliteFunctions },
  {
    dialect: 'postgres',
    folder: 'postgresql',
    selector: '#docContent',
    licence: 'PostgreSQL',
    functionsOf: postgresFunctions,
  },
  { dialect: 'bigquery', folder: 'googlesql', licence: 'Apache-2.0', functionsOf: googlesqlFunctions },
  { dialect: 'duckdb', folder: 'duckdb', licence: 'MIT', functionsOf: duckdbFunctions },
];

const VERB =
  /^\s*(?:[\w=]*[=#-][>#]\s+)?(?:SELECT|WITH|INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|VALUES|EXPLAIN|MERGE|TRUNCATE|PRAGMA|FROM|PIVOT|UNPIVOT|COPY|GRANT|BEGIN|SET|ATTACH)\b(?!.*\.{3})/im;

/** The code blocks of a page that hold SQL, each as its lines without their common indentation. */
export function sqlBlocksOf(file: string, text: string): string[] {
  return file.endsWith('.md') ? fencedBlocks(text) : preformattedBlocks(text).filter((block) => VERB.test(block));
}

function preformattedBlocks(html: string): string[] {
  const visible = html.replace(/<!--[\s\S]*?-->|<script[\s\S]*?<\/script>/gi, '');
  return [...visible.matchAll(/<pre\b[^>]*>([\s\S]*?)<\/pre>/gi)].map(([, inner]) => normal(plain(inner ?? '')));
}

function fencedBlocks(markdown: string): string[] {
  const blocks: string[] = [];
  let open: string[] | null = null;
  for (const line of markdown.split(/\r?\n/)) {
    const fence = /^\s*```\s*([\w-]*)/.exec(line);
    if (fence && open) {
      if (open[0] !== undefined) blocks.push(normal(open.slice(1).join('\n')));
      open = null;
    } else if (fence)
      open = /^(?:sql|googlesql)$/.test(fence[1] ?? '') ? ['sql'] : ([undefined] as unknown as string[]);
    else open?.push(line);
  }
  return blocks.filter(Boolean);
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: '\u00a0', rarr: '→' };

/** The text of a piece of HTML. */
function plain(html: string): string {
  return html
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/&#x([0-9a-f]+);/gi, (_all, digits: string) => String.fromCodePoint(parseInt(digits, 16)))
    .replace(/&#(\d+);/g, (_all, digits: string) => String.fromCodePoint(Number(digits)))
    .replace(/&(\w+);/g, (all, name: string) => NAMED[name] ?? all);
}

/** Lines without trailing blanks and common indentation, for comparing a block with what became of it. */
export function normal(block: string): string {
  const lines = block
    .replaceAll('\r', '')
    .split('\n')
    .map((line) => line.trimEnd());
  while (lines[0] === '') lines.shift();
  while (lines.at(-1) === '') lines.pop();
  const indents = lines.filter(Boolean).map((line) => /^\s*/.exec(line)![0].length);
  const indent = Math.min(...indents, 80);
  return lines.map((line) => line.slice(indent)).join('\n');
}

const namesIn = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, name]) => (name ?? '').toUpperCase())),
];

/** Entries of the lists of functions: `<dt><p><b>abs(`, and the calls at the head of json1.html's and the date functions' lists. */
function sqliteFunctions(file: string, text: string): string[] {
  if (/^lang_(?:corefunc|aggfunc|mathfunc)\.html$/.test(file)) return namesIn(text, /<dt>(?:<p>)?<b>(\w+)\(/g);
  if (file === 'lang_datefunc.html') return namesIn(text, /<li>\s*<b>(\w+)\(/g);
  if (file === 'json1.html') return namesIn(text, /<h2[^>]*>(?:<span>[^<]*<\/span>)?The (\w+)\(\)/g);
  if (file === 'windowfunctions.html') return namesIn(text, /<dt><p><b>(\w+)\(/g);
  return [];
}

/** Signatures of the tables of functions: `<p class="func_signature"> … <code class="function">array_agg</code> (`. */
function postgresFunctions(_file: string, text: string): string[] {
  return namesIn(text, /<p class="func_signature">(?:\s|<a [^>]*><\/a>)*<code class="function">(\w+)<\/code>\s*\(/g);
}

/** The first column of a page's list of functions. */
function googlesqlFunctions(file: string, text: string): string[] {
  const list = /## Function list([\s\S]*?)<\/table>/.exec(text)?.[1] ?? '';
  const own = [...list.matchAll(/docs\/([\w-]+\.md)#[^"]*"><code>([A-Z][A-Z0-9_.]*)<\/code>/g)];
  return [...new Set(own.filter(([, page]) => page === file).map(([, , name]) => name ?? ''))];
}

/** The first column of the tables of functions: a call, perhaps with its arguments in italics. */
function duckdbFunctions(file: string, text: string): string[] {
  return /sql\/(?:functions|aggregates|window_functions)/.test(file) ? namesIn(text, /^\| *\[?`(\w+)\(/gm) : [];
}
