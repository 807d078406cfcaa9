import { commonPhrases } from '../core/verbalise/common-phrases.js';
import { compileLexicon, type Lexicon } from '../core/verbalise/phrase.js';
import { dialects } from '../dialects/registry.js';

const compiled = new Map<string, Lexicon>();

/** A dialect's words, compiled once. */
export function lexiconOf(dialect: string): Lexicon {
  const known = compiled.get(dialect);
  if (known) return known;
  const { manifest, phrases } = dialects[dialect]!;
  const lexicon = compileLexicon(manifest, phrases, commonPhrases);
  compiled.set(dialect, lexicon);
  return lexicon;
}
