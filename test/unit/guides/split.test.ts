import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countWords, readBlocks } from '../../../core/guides/blocks.js';
import { splitMarkdown } from '../../../core/guides/split.js';

const split = (markdown: string, maxWords = 1_500, minWords = 0) =>
  splitMarkdown(markdown, { title: 'Page', maxWords, minWords });
const words = (count: number, word = 'word'): string => Array.from({ length: count }, () => word).join(' ');

describe('splitMarkdown', () => {
  it('makes a section of each heading, with the headings above it as its path', () => {
    const sections = split('Before.\n\n# A\n\none\n\n## B\n\ntwo\n\n# C\n\nthree');
    expect(sections.map(({ path, text }) => [path, text])).toEqual([
      [['Page'], 'Before.'],
      [['A'], '# A\n\none'],
      [['A', 'B'], '## B\n\ntwo'],
      [['C'], '# C\n\nthree'],
    ]);
  });

  it('drops headings that nothing stands under', () => {
    expect(split('# A\n\n## B\n\ntext').map(({ title }) => title)).toEqual(['B']);
  });

  it('does not take a comment in code for a heading', () => {
    const markdown = '# A\n\n```sh\n# not a heading\n\nls\n```';
    expect(split(markdown).map(({ text }) => text)).toEqual([markdown]);
  });

  it('keeps a fence whole that holds shorter fences, or is never closed', () => {
    expect(readBlocks('````md\n```\n# x\n```\n````\n\nafter').map(({ kind }) => kind)).toEqual(['code', 'text']);
    expect(readBlocks('```\n# x\n\ny').map(({ kind }) => kind)).toEqual(['code']);
  });

  it('cuts a long section between paragraphs and repeats its heading', () => {
    const sections = split(`# Long\n\n${words(30)}\n\n${words(30)}\n\n${words(30)}`, 70);
    expect(sections.map(({ anchor, text }) => [anchor, text.split('\n')[0], countWords(text)])).toEqual([
      ['long', '# Long', 62],
      ['long-2', '# Long', 32],
    ]);
  });

  it('leaves a code block whole even where it is longer than a section may be', () => {
    const code = `\`\`\`\n${words(100)}\n\`\`\``;
    expect(split(`# A\n\nshort\n\n${code}`, 50).map(({ text }) => text)).toEqual(['# A\n\nshort', `# A\n\n${code}`]);
  });

  it('joins short sections to the one before as long as they fit', () => {
    const markdown = ['A', 'B', 'C'].map((title) => `# ${title}\n\n${words(20)}`).join('\n\n');
    expect(split(markdown, 50, 30).map(({ title, text }) => [title, countWords(text)])).toEqual([
      ['A', 44],
      ['C', 22],
    ]);
  });

  it('names a section by its heading without marks and number, and twins apart', () => {
    const anchors = split('## 2\\.1. `FILTER` *clause*\n\na\n\n## 3. FILTER clause\n\nb').map(({ anchor }) => anchor);
    expect(anchors).toEqual(['filter-clause', 'filter-clause-2']);
  });

  const paragraph = fc
    .array(fc.constantFrom('alpha', 'beta', 'gamma'), { minLength: 1, maxLength: 30 })
    .map((list) => list.join(' '));
  const block = fc.oneof(
    paragraph,
    paragraph.map((text) => `\`\`\`sql\n${text}\n\n# ${text}\n\`\`\``),
    fc.tuple(fc.integer({ min: 1, max: 4 }), paragraph).map(([level, text]) => `${'#'.repeat(level)} ${text}`),
  );

  it('loses no paragraph and no code, breaks no block, and keeps to the limit where blocks allow', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 20 }), fc.integer({ min: 20, max: 120 }), (blocks, maxWords) => {
        const markdown = blocks.join('\n\n');
        const body = (text: string) =>
          readBlocks(text)
            .filter(({ kind }) => kind !== 'heading')
            .map(({ text: own }) => own);
        const sections = splitMarkdown(markdown, { title: 'Page', maxWords, minWords: 15 });
        expect(sections.flatMap(({ text }) => body(text))).toEqual(body(markdown));
        expect(new Set(sections.map(({ anchor }) => anchor)).size).toBe(sections.length);
        for (const { text } of sections) expect(countWords(text) <= maxWords || body(text).length === 1).toBe(true);
      }),
    );
  });
});
