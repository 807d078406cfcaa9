import type { Editor } from './editor.js';
import type { Idiom } from './idioms.js';

/** One way to make a new template from another. */
export interface Rule {
  name: string;
  /** Keywords and functions that the result has and the rule brings, upper case: by these the least covered rule is chosen. */
  brings: string[];
  applies(editor: Editor): boolean;
  apply(editor: Editor): void;
  /** The guide and idiom that taught it. */
  idiom?: Idiom;
  /** How often it is chosen next to others of the same coverage; 1 where absent. */
  weight?: number;
}
