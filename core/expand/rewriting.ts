import type { Random } from '../sampling/random.js';
import type { Template } from '../template.js';
import type { TemplateOrigin } from '../templates/draft.js';
import type { Collection } from './collection.js';
import { Editor } from './editor.js';
import type { Rule } from './rule.js';
import { Shape } from './shape.js';

/** Rewritings that a template may be away from what it started as. */
const maxDepth = 3;
/** Tries of one rule on one template: a rule may choose at random, an operator for one. */
const triesPerBase = 2;
/** Bases that one call tries. */
const triesPerCall = 4;

interface Base {
  template: Template;
  shape: Shape;
  depth: number;
}

interface Candidates {
  /** How many of the bases the rule has been asked about. */
  seen: number;
  fitting: { base: Base; tries: number }[];
}

/** Makes templates from templates: keeps what can be rewritten, and which rule fits which of it. */
export class Rewriting {
  private readonly bases: Base[] = [];
  private readonly candidates = new Map<Rule, Candidates>();

  constructor(
    private readonly collection: Collection,
    private readonly random: Random,
    private readonly teacher: string,
  ) {}

  /** Takes in a template to start from. `depth`: how many rewritings it is away from where it began. */
  add(template: Template | null, depth: number): void {
    if (template !== null && depth < maxDepth) this.bases.push({ template, shape: new Shape(template), depth });
  }

  /** Applies a rule to a few templates until one makes something new; `spent` where no template is left to try it on. */
  apply(rule: Rule): { outcome: 'made' | 'failed' | 'spent'; tries: number } {
    const candidates = this.candidatesOf(rule);
    let tries = 0;
    while (tries < triesPerCall && candidates.fitting.length > 0) {
      const { base, index } = this.pick(candidates);
      const chosen = candidates.fitting[index]!;
      chosen.tries += 1;
      tries += 1;
      if (chosen.tries >= triesPerBase) candidates.fitting.splice(index, 1);
      if (this.rewrite(rule, base)) return { outcome: 'made', tries };
    }
    return { outcome: candidates.fitting.length === 0 ? 'spent' : 'failed', tries };
  }

  /** Of two at random the one with fewer rewritings, most of the time: what is short stays frequent. */
  private pick({ fitting }: Candidates): { base: Base; index: number } {
    const [a, b] = [this.random.below(fitting.length), this.random.below(fitting.length)];
    const nearer = fitting[a]!.base.depth <= fitting[b]!.base.depth ? a : b;
    const index = this.random.chance(0.8) ? nearer : a;
    return { base: fitting[index]!.base, index };
  }

  private candidatesOf(rule: Rule): Candidates {
    const known = this.candidates.get(rule) ?? { seen: 0, fitting: [] };
    for (; known.seen < this.bases.length; known.seen += 1) {
      const base = this.bases[known.seen]!;
      if (rule.applies(base.shape)) known.fitting.push({ base, tries: 0 });
    }
    this.candidates.set(rule, known);
    return known;
  }

  private rewrite(rule: Rule, { template, depth }: Base): boolean {
    const editor = new Editor(template, this.random);
    rule.apply(editor);
    const origin: TemplateOrigin = {
      origin: 'expanded',
      guide: rule.idiom?.guide ?? template.guide,
      count: 1,
      teacher: this.teacher,
    };
    const made = this.collection.accept(editor.draft, origin);
    this.add(made, depth + 1);
    return made !== null;
  }
}
