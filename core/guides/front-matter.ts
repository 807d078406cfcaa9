/**
 * Separates the YAML block between `---` lines at the head of a Markdown file from the text behind it.
 * `yaml` is null where there is none; reading the YAML is the caller's affair.
 */
export function splitFrontMatter(markdown: string): { yaml: string | null; body: string } {
  const normal = markdown.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const match = /^---\n([\s\S]*?)\n---(?:\n|$)/.exec(normal);
  if (!match) return { yaml: null, body: normal };
  return { yaml: match[1] ?? '', body: normal.slice(match[0].length).replace(/^\n+/, '') };
}
