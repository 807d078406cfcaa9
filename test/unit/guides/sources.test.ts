import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isAllowedAddress } from '../../../adapters/web/address-policy.js';
import { readMainContent } from '../../../adapters/web/main-content.js';
import { readMarkdownFolder } from '../../../adapters/web/markdown-folder.js';
import { InvalidInputError, NotFoundError } from '../../../core/errors.js';
import { resolveSource } from '../../../schema/source.js';

describe('resolveSource', () => {
  it('reads a prefix as a path of the same host and has the page alone without one', () => {
    expect(resolveSource({ url: 'https://a.example/docs/x', prefix: '/docs/' })).toMatchObject({
      prefix: 'https://a.example/docs/',
    });
    expect(resolveSource({ url: 'https://a.example/docs/x#y' })).toMatchObject({ prefix: 'https://a.example/docs/x' });
    expect(resolveSource({ url: 'built-in' })).toEqual({ kind: 'built-in' });
    expect(resolveSource({ url: './guides', licence: 'MIT' })).toMatchObject({ kind: 'folder', path: './guides' });
  });

  it.each([
    { url: 'ftp://a.example/' },
    { url: 'file:///etc' },
    { url: 'https://user:secret@a.example/' },
    { url: 'https://a.example/docs/', prefix: 'https://b.example/docs/' },
    { url: 'https://a.example/docs/', prefix: '/other/' },
  ])('refuses $url with prefix $prefix', (source) => {
    expect(() => resolveSource(source)).toThrow(InvalidInputError);
    expect(() => resolveSource(source)).not.toThrow(/secret/);
  });
});

describe('isAllowedAddress', () => {
  const open = ['1.1.1.1', '172.15.0.1', '172.32.0.1', '192.167.1.1', '2606:4700::1111', '2a00:1450::1'];
  const closed = [
    ...[
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '198.18.0.1',
    ],
    ...['224.0.0.1', '255.255.255.255', '::', 'fe80::1', 'fe80::1%eth0', 'fd00:ec2::254', 'ff02::1', '::ffff:10.0.0.1'],
    ...['64:ff9b::a00:1', '2002:a00:1::', '2001:db8::1', 'no address', ''],
  ];
  it.each(open)('allows %s', (address) => expect(isAllowedAddress(address, { allowLoopback: false })).toBe(true));
  it.each(closed)('refuses %s, loopback allowed or not', (address) => {
    expect(isAllowedAddress(address, { allowLoopback: false })).toBe(false);
    expect(isAllowedAddress(address, { allowLoopback: true })).toBe(false);
  });
  it.each(['127.0.0.1', '127.8.8.8', '::1'])('allows %s only where loopback is allowed', (address) => {
    expect(isAllowedAddress(address, { allowLoopback: false })).toBe(false);
    expect(isAllowedAddress(address, { allowLoopback: true })).toBe(true);
  });
  it('refuses loopback in the clothes of IPv6', () => {
    expect(isAllowedAddress('::ffff:127.0.0.1', { allowLoopback: true })).toBe(false);
  });
});

describe('readMainContent', () => {
  it('finds the article among menus, and writes code and tables so that they can be read', () => {
    const long = 'A sentence about dates that is long enough to be an article. '.repeat(10);
    const html =
      `<html><head><title>Dates | Manual</title></head><body><nav><a href="x.html#top">Contents</a></nav><div id="content">` +
      `<h2>Dates</h2><p>${long}</p><table><tr><th>code</th><th>is</th></tr><tr><td>%Y</td><td></td><td>year</td></tr></table>` +
      `<pre>SELECT 1 -- \`tick\`</pre><p>${long}</p></div><footer>Imprint</footer></body></html>`;
    const { title, markdown, links } = readMainContent(html, 'https://a.example/docs/dates.html', null);
    expect(title).toBe('Dates | Manual');
    expect(markdown).toContain('```\nSELECT 1 -- `tick`\n```');
    expect(markdown).toContain('%Y | year');
    expect(markdown).not.toContain('Contents');
    expect(links).toEqual(['https://a.example/docs/x.html']);
  });

  it('survives pages without content', () => {
    for (const html of ['', '<html></html>', 'text only', '<body><p>']) {
      expect(() => readMainContent(html, 'https://a.example/', null)).not.toThrow();
    }
  });
});

describe('readMarkdownFolder', () => {
  const folder = (files: Record<string, string>): string => {
    const path = mkdtempSync(join(tmpdir(), 'guides-'));
    onTestFinished(() => rmSync(path, { recursive: true }));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(path, name, '..'), { recursive: true });
      writeFileSync(join(path, name), text);
    }
    return path;
  };
  const options = { dialect: 'duckdb', licence: 'MIT', source: 'mine', vocabulary: [] };

  it('reads sub-folders, sorted, with heads and without', async () => {
    const path = folder({
      'b/lists.md': '# Lists\n\n```sql\nSELECT list_sum(x)\n```\n',
      'a.md': '---\ntitle: Dates\nteaches: [strftime]\nlicence: CC0-1.0\n---\n\nText.',
      'notes.txt': 'no guide',
    });
    expect(await readMarkdownFolder(path, options)).toEqual([
      expect.objectContaining({
        id: 'duckdb/a',
        title: 'Dates',
        teaches: ['STRFTIME'],
        licence: 'CC0-1.0',
        text: 'Text.',
      }),
      expect.objectContaining({ id: 'duckdb/b/lists#lists', title: 'Lists', teaches: ['LIST_SUM'], licence: 'MIT' }),
    ]);
  });

  it('names the file whose head is wrong, and a folder that is missing', async () => {
    await expect(readMarkdownFolder(folder({ 'x.md': '---\n{\n---\n' }), options)).rejects.toThrow(/x\.md/);
    await expect(readMarkdownFolder(folder({ 'y.md': '---\nteaches: 3\n---\n' }), options)).rejects.toThrow(
      /y\.md.*teaches/,
    );
    await expect(readMarkdownFolder('/no/such/folder', options)).rejects.toThrow(NotFoundError);
  });
});
