import type { Random } from '../sampling/random.js';
import type { KeywordCounts } from './coverage.js';
import type { Rule } from './rule.js';

/** Of all rewritings, the share that is structure; functions have the rest. */
const structureShare = 0.55;

/** Templates of an idiom that makes sense in few places only. */
const enoughOfOddities = 3;

/** Chooses which rule is tried next: structure and functions by turns, and of each what is least covered. */
export class RuleChoice {
  private readonly structure: Rule[];
  /** The rules of one idiom each. */
  private readonly idioms: Rule[][];
  private readonly tried = new Map<Rule, number>();
  /** Templates that came from an idiom's rules, by the first of them. */
  private readonly made = new Map<Rule[], number>();
  private readonly spent = new Set<Rule>();

  constructor(
    rules: Rule[],
    private readonly counts: KeywordCounts,
    /** Keywords that the dialect alone has, upper case. */
    private readonly distinctive: ReadonlySet<string>,
    private readonly random: Random,
  ) {
    this.structure = rules.filter((rule) => rule.idiom === undefined);
    const byIdiom = new Map<string, Rule[]>();
    for (const rule of rules) {
      if (rule.idiom === undefined) continue;
      const name = rule.idiom.phrase.sql;
      byIdiom.set(name, [...(byIdiom.get(name) ?? []), rule]);
    }
    this.idioms = [...byIdiom.values()];
  }

  /** The rule to try next; null when none is left that might make something. */
  next(): Rule | null {
    const structure = this.structure.filter((rule) => !this.spent.has(rule));
    const idioms = this.idioms.filter((rules) => rules.some((rule) => !this.spent.has(rule)));
    if (structure.length > 0 && (idioms.length === 0 || this.random.chance(structureShare)))
      return this.lowest(structure, (rule) => this.structureScore(rule));
    if (idioms.length === 0) return null;
    const rules = this.lowest(idioms, (group) => this.idiomScore(group));
    return this.lowest(
      rules.filter((rule) => !this.spent.has(rule)),
      (rule) => (this.tried.get(rule) ?? 0) / (rule.weight ?? 1) + this.random.next(),
    );
  }

  /** Takes note of what a rule brought. A rule that brought nothing for a long while is left alone. */
  note(rule: Rule, outcome: 'made' | 'failed' | 'spent'): void {
    this.tried.set(rule, (this.tried.get(rule) ?? 0) + (outcome === 'made' ? 1 : 0.5));
    if (outcome === 'spent') this.spent.add(rule);
    const group = rule.idiom === undefined ? undefined : this.idioms.find((rules) => rules.includes(rule));
    if (group !== undefined && outcome === 'made') this.made.set(group, (this.made.get(group) ?? 0) + 1);
  }

  /** Rules that bring a keyword nobody has yet come first; then those used seldom. Chance breaks ties. */
  private structureScore(rule: Rule): number {
    const rarest = this.counts.rarest(rule.brings);
    const unseen = rule.brings.length > 0 && rarest === 0 ? 1 : 0;
    const used = (this.tried.get(rule) ?? 0) / (rule.weight ?? 1);
    return used - unseen + Math.min(rarest, 20) / 40 + this.random.next() * 0.6;
  }

  /** The functions with the fewest templates first; the dialect's own and everyday ones somewhat before the others. */
  private idiomScore(rules: Rule[]): number {
    const { phrase } = rules[0]!.idiom!;
    const everyday = phrase.group === true || phrase.filter !== undefined || phrase.kind === 'aggregate';
    if (phrase.idiomOnly === true && this.counts.rarest(rules[0]!.brings) >= enoughOfOddities) return 1000;
    const covered = Math.min(this.counts.rarest(rules[0]!.brings), 20) / 10;
    const tried = rules.reduce((sum, rule) => sum + (this.tried.get(rule) ?? 0), 0);
    const own = rules[0]!.brings.some((word) => this.distinctive.has(word)) ? 0.6 : 0;
    return ((this.made.get(rules) ?? 0) + tried * 0.3) / (everyday ? 2 : 1) + covered - own + this.random.next() * 1.2;
  }

  private lowest<T>(choices: T[], score: (choice: T) => number): T {
    let best = choices[0] as T;
    let lowest = Infinity;
    for (const choice of choices) {
      const value = score(choice);
      if (value >= lowest) continue;
      lowest = value;
      best = choice;
    }
    return best;
  }
}
