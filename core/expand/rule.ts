import type { Editor } from './editor.js';
import type { Idiom } from './idioms.js';
import type { Shape } from './shape.js';

/** One way to make a new template from another. */
export interface Rule {
  name: string;
  /** Keywords and functions that the result has and the rule brings, upper case: by these the least covered rule is chosen. */
  brings: string[];
  /** Keywords of which the dialect must show each, in its guides' examples or in its manifest; none where absent. */
  needs?: string[];
  /** Whether it makes sense on such a template. */
  applies(base: Shape): boolean;
  apply(editor: Editor): void;
  /** The guide and idiom that taught it. */
  idiom?: Idiom;
  /** How often it is chosen next to others of the same coverage; 1 where absent. */
  weight?: number;
}
