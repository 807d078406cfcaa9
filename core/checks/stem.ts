/** A word without its usual endings, so that "categories", "ordered" and "prices" meet "category", "order" and "price". */
export function stem(word: string): string {
  if (word.length <= 3) return word;
  return word
    .replace(/(?:ies|y)$/, 'i')
    .replace(/(?:sses|xes|ches|shes|zes)$/, (ending) => ending.slice(0, -2))
    .replace(/([^s])s$/, '$1')
    .replace(/(?:ed|ing)$/, '')
    .replace(/e$/, '');
}
