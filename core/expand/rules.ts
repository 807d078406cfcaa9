import type { Idiom } from './idioms.js';
import type { Rule } from './rule.js';
import { combinationRules } from './rules/combinations.js';
import { filterRules, patternRules } from './rules/filters.js';
import { idiomRules } from './rules/idioms.js';
import { joinRules } from './rules/joins.js';
import { outputRules } from './rules/outputs.js';

/** The grammar of one dialect: structure that it has (`shown` holds its keywords), and what its idioms allow. */
export function rulesFor(idioms: Idiom[], patternOperators: string[], shown: ReadonlySet<string>): Rule[] {
  const structure = [
    ...outputRules,
    ...filterRules,
    ...patternRules(patternOperators),
    ...joinRules,
    ...combinationRules,
  ];
  return [
    ...structure.filter((rule) => (rule.needs ?? []).every((word) => shown.has(word))),
    ...idioms.flatMap(idiomRules),
  ];
}
