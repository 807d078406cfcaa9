import { functionsIn, type Lexicon } from '../verbalise/phrase.js';

/** Words that any phrase may hold, whatever the function. */
const empty = new Set(
  `the and for with that than has its his her their them they into onto over under own each every all any one two where which while
  what when are was were been being this these those not but value values from`.split(/\s+/),
);

/**
 * What each function (upper case) is called in words, as stems: those of all the phrases that use it, and of its name. A function is left
 * out where a phrase of it has no word that tells it: "name and city with ', ' between them" has one, "city of the address" has not.
 */
export function functionWords(lexicon: Lexicon): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, Set<string>>();
  const wordless = new Set<string>();
  for (const phrase of lexicon.all) {
    const spoken = phrase.says.map((text) => wordsOf(text.replace(/\{\w+\}/g, ' ')));
    for (const name of functionsIn(phrase.pattern)) {
      if (spoken.some((list) => list.length === 0)) wordless.add(name);
      const known = words.get(name) ?? new Set(wordsOf(name.replaceAll(/[_.]/g, ' ')));
      spoken.flat().forEach((word) => known.add(word));
      words.set(name, known);
    }
  }
  return new Map([...words].filter(([name]) => !wordless.has(name)).map(([name, stems]) => [name, [...stems]]));
}

function wordsOf(text: string): string[] {
  const found = text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return found.filter((word) => !empty.has(word)).map(beginning);
}

/** What the forms of a word begin with: "prett" of pretty, "categor" of categories, "round" of rounded. */
function beginning(word: string): string {
  const cut = word.replace(/(?:ies|y|es|s|ed|ing|e)$/, '');
  return cut.length < 3 ? word : cut;
}
