import { functionsIn, type Lexicon } from '../verbalise/phrase.js';
import { stem } from './stem.js';

/** Words that every phrase may hold, whatever the function. */
const empty = new Set(
  `the and for from with that than has its his her their them they into onto over under out off own each every all any one two
  value values where which while whose what when are was were been being this these those not but between among after before
  whole part first last way is it of in to as at on by or`.split(/\s+/),
);

/** What each function (upper case) is called in words, as stems: those of all the phrases that use it, and of its name. */
export function functionWords(lexicon: Lexicon): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, Set<string>>();
  for (const phrase of lexicon.all) {
    const spoken = phrase.says.flatMap((text) => wordsOf(text.replace(/\{\w+\}/g, ' ')));
    for (const name of functionsIn(phrase.pattern)) {
      const known = words.get(name) ?? new Set(wordsOf(name.replaceAll(/[_.]/g, ' ')));
      spoken.forEach((word) => known.add(word));
      words.set(name, known);
    }
  }
  return new Map([...words].map(([name, stems]) => [name, [...stems]]));
}

function wordsOf(text: string): string[] {
  const found = text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return found.filter((word) => !empty.has(word)).map(stem);
}
