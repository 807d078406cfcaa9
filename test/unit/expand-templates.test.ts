import { describe, expect, it } from 'vitest';
import { expandTemplates } from '../../core/expand/expand.js';
import { parse } from '../../core/sql/parser.js';
import { print } from '../../core/sql/printer.js';
import { slotsInTree } from '../../core/templates/draft.js';
import { commonPhrases } from '../../core/verbalise/common-phrases.js';
import { dialects } from '../../dialects/registry.js';
import { examplesFor, guidesFor } from './teacher-inputs.js';

const expand = (dialect: string, target: number, exclude: string[] = []) => {
  const { manifest, phrases } = dialects[dialect]!;
  return expandTemplates({
    manifest,
    phrases,
    examples: examplesFor(dialect),
    seeds: [],
    guides: guidesFor(dialect),
    functions: [],
    target,
    seed: 11,
    exclude,
  });
};

describe.each(Object.keys(dialects))('expandTemplates for %s', (dialect) => {
  const { manifest } = dialects[dialect]!;
  const result = expand(dialect, 150);

  it('makes as many templates as asked for, each with a skeleton of its own', () => {
    expect(result.templates).toHaveLength(150);
    expect(new Set(result.templates.map((template) => template.skeleton)).size).toBe(150);
  });

  it('makes SQL that the parser reads back as the same SQL', () => {
    for (const template of result.templates) {
      expect(print(parse(template.sql, manifest), manifest, { template: true })).toBe(template.sql);
    }
  });

  it('declares exactly the slots that the tree uses', () => {
    for (const template of result.templates) {
      const used = slotsInTree(template.query);
      expect(template.tables).toEqual(used.tables);
      expect(template.columns.map((slot) => slot.id).sort()).toEqual([...used.columns].sort());
      expect(template.values.map((slot) => slot.id).sort()).toEqual([...used.values].sort());
    }
  });

  it('uses nothing that the engine cannot run', () => {
    const excluded = new Set(manifest.unverifiable);
    expect(result.templates.flatMap((t) => t.keywords).filter((word) => excluded.has(word))).toEqual([]);
  });

  it('covers joins, grouping, subqueries, set operations, windows, CTEs and functions of the dialect alone', () => {
    const { keywords } = result.coverage;
    for (const word of [
      'JOIN',
      'LEFT JOIN',
      'GROUP BY',
      'HAVING',
      'EXISTS',
      'UNION',
      'INTERSECT',
      'EXCEPT',
      'OVER',
      'WITH',
    ]) {
      expect(keywords[word] ?? 0, word).toBeGreaterThan(0);
    }
    const common = new Set(commonPhrases.map((phrase) => phrase.sql.split('(')[0]));
    const own = manifest.distinctiveKeywords.filter((word) => keywords[word] !== undefined && !common.has(word));
    expect(own.length).toBeGreaterThan(10);
  });

  it('gives the same templates for the same seed', () => {
    expect(expand(dialect, 40).templates).toEqual(expand(dialect, 40).templates);
  });

  it('leaves out skeletons that are there already', () => {
    const first = expand(dialect, 30).templates.map((template) => template.skeleton);
    const second = expand(dialect, 30, first).templates.map((template) => template.skeleton);
    expect(second.filter((skeleton) => first.includes(skeleton))).toEqual([]);
  });
});

describe('functions that the engine does not report', () => {
  it('are not used by the grammar', () => {
    const { manifest, phrases } = dialects.sqlite!;
    const { templates } = expandTemplates({
      manifest,
      phrases,
      examples: examplesFor('sqlite'),
      seeds: [],
      guides: guidesFor('sqlite'),
      functions: [{ name: 'upper', kind: 'scalar', arguments: ['text'], variadic: false, returns: 'text' }],
      target: 300,
      seed: 1,
    });
    const byGrammar = templates.filter((template) => template.origin === 'expanded' && template.guide !== null);
    expect(byGrammar.length).toBeGreaterThan(0);
    const direct = byGrammar.filter((template) => template.keywords.includes('MEDIAN') && template.guide === null);
    expect(direct).toEqual([]);
  });
});
