/**
 * A guide's text as data inside a prompt: between marks that it cannot close itself. A page may hold anything, instructions to the model that
 * reads it included, so what stands between the marks is never the prompt's own voice.
 */
export function quoteGuide(text: string): string {
  return `<guide>\n${text.replace(/<(?=\s*\/?\s*guide\b)/gi, '&lt;')}\n</guide>`;
}
