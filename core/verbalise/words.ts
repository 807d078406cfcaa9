/** `unitPrice`, `unit_price`, `UNIT_PRICE` → `unit price`. The words stay together and in order, so that a schema linker finds them. */
export function humanise(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_\-.\s]+/g, ' ')
    .trim()
    .toLowerCase();
}

const irregular = new Map([
  ['person', 'people'],
  ['child', 'children'],
  ['man', 'men'],
  ['woman', 'women'],
  ['staff', 'staff'],
  ['series', 'series'],
  ['species', 'species'],
  ['equipment', 'equipment'],
  ['personnel', 'personnel'],
  ['stock', 'stock'],
  ['inventory', 'inventory'],
  ['aircraft', 'aircraft'],
  ['news', 'news'],
  ['data', 'data'],
  ['media', 'media'],
  ['movie', 'movies'],
  ['cookie', 'cookies'],
  ['house', 'houses'],
  ['warehouse', 'warehouses'],
  ['course', 'courses'],
  ['nurse', 'nurses'],
  ['purchase', 'purchases'],
  ['lease', 'leases'],
  ['license', 'licenses'],
  ['licence', 'licences'],
  ['expense', 'expenses'],
  ['response', 'responses'],
  ['release', 'releases'],
  ['case', 'cases'],
  ['cache', 'caches'],
  ['size', 'sizes'],
  ['prize', 'prizes'],
]);
const irregularSingular = new Map([...irregular].map(([one, many]) => [many, one]));

/** Plural of the last word of a humanised name: `order item` → `order items`; a plural stays as it is. */
export function plural(phrase: string): string {
  return changeLastWord(phrase, (word) => {
    if (irregularSingular.has(word)) return word;
    const known = irregular.get(word);
    if (known !== undefined) return known;
    if (singular(word) !== word) return word;
    if (/[^aeiou]y$/.test(word)) return word.replace(/y$/, 'ies');
    if (/(s|x|z|ch|sh)$/.test(word)) return `${word}es`;
    return `${word}s`;
  });
}

/** Singular of the last word of a humanised name: `order items` → `order item`. */
export function singular(phrase: string): string {
  return changeLastWord(phrase, (word) => {
    const known = irregularSingular.get(word);
    if (known !== undefined) return known;
    if (/(ss|us|is)$/.test(word)) return word;
    if (/[^aeiou]ies$/.test(word)) return word.replace(/ies$/, 'y');
    if (/(sses|xes|zes|ches|shes|uses)$/.test(word)) return word.replace(/es$/, '');
    return word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word;
  });
}

function changeLastWord(phrase: string, change: (word: string) => string): string {
  const words = phrase.split(' ');
  words.push(change(words.pop() ?? ''));
  return words.join(' ');
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(items: readonly string[], word = 'and'): string {
  if (items.length <= 1) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items[items.length - 1]!}`;
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `1st`, `2nd`, `3rd`, `4th`, … */
export function ordinal(n: number): string {
  const tail = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${tail}`;
}
