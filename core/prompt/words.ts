/** Words that name something in a sentence: an identifier split as people say it, and plural forms made comparable. */

const irregular: Record<string, string> = {
  people: 'person',
  children: 'child',
  men: 'man',
  women: 'woman',
  feet: 'foot',
  mice: 'mouse',
  data: 'data',
  series: 'series',
  species: 'species',
  movies: 'movie',
  cookies: 'cookie',
  ties: 'tie',
  pies: 'pie',
};

/** `unit_price`, `UnitPrice` and `unitPrice` are all `['unit', 'price']`; `HTTPStatus` is `['http', 'status']`. */
export function splitName(name: string): string[] {
  return name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** The singular of a lower-case English noun, by rule; a word that is none comes back unchanged or shortened alike everywhere. */
export function singular(word: string): string {
  const known = irregular[word];
  if (known) return known;
  if (word.length <= 3) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2);
  if (/(ss|us|is|as)$/.test(word)) return word;
  if (word.endsWith('s')) return word.slice(0, -1);
  return word;
}

/** The form under which names are compared: singular words joined by one space. */
export const nameKey = (words: readonly string[]): string => words.map(singular).join(' ');
