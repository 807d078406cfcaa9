import type { Idiom } from './idioms.js';
import type { Rule } from './rule.js';
import { conditionalRules } from './rules/conditional.js';
import { correlatedRules } from './rules/correlated.js';
import { filterRules, patternRules } from './rules/filters.js';
import { hierarchyRules } from './rules/hierarchy.js';
import { idiomRules } from './rules/idioms.js';
import { joinRules } from './rules/joins.js';
import { multiJoinRules } from './rules/multi-joins.js';
import { nestingRules } from './rules/nesting.js';
import { outputRules } from './rules/outputs.js';
import { pipeRules } from './rules/pipes.js';
import { setRules } from './rules/sets.js';
import { specialRules } from './rules/special.js';
import { stepRules } from './rules/steps.js';
import { windowRules } from './rules/windows.js';

const structure: Rule[] = [
  ...outputRules,
  ...filterRules,
  ...joinRules,
  ...multiJoinRules,
  ...hierarchyRules,
  ...correlatedRules,
  ...conditionalRules,
  ...setRules,
  ...stepRules,
  ...windowRules,
  ...specialRules,
  ...pipeRules,
];

/** The grammar of one dialect: structure that it has (`shown` holds its keywords), and what its idioms allow. */
export function rulesFor(idioms: Idiom[], patternOperators: string[], shown: ReadonlySet<string>): Rule[] {
  return [...structure, ...patternRules(patternOperators)]
    .filter((rule) => (rule.needs ?? []).every((word) => shown.has(word)))
    .concat(
      idioms.flatMap(idiomRules),
      idioms.flatMap((idiom) => nestingRules(idiom, idioms)),
    );
}
