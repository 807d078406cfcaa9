/**
 * The statement in a chat model's reply: what a Markdown fence encloses, the last one where there are several; else the text from the
 * first line that begins like a query. What it thought aloud before is left out.
 */
export function readSqlReply(reply: string): string {
  const said = reply.replace(/<think>[\s\S]*?<\/think>/g, '').replace(/^\s*<think>[\s\S]*$/, '');
  const fences = [...said.matchAll(/```[ \t]*(?:[\w+-]+)?[ \t]*\r?\n?([\s\S]*?)(?:```|$)/g)].map((match) =>
    match[1]!.trim(),
  );
  const fenced = fences.findLast((text) => beginning.test(text)) ?? fences.at(-1);
  const text = fenced ?? fromBeginning(said);
  return text
    .trim()
    .replace(/^`([^`]*)`$/s, '$1')
    .replace(/^(?:sql|query)\s*:\s*/i, '')
    .replace(/(?:\s*;)+\s*$/, '')
    .trim();
}

const beginning = /^\s*\(*\s*(?:SELECT|WITH|FROM|VALUES|PIVOT|UNPIVOT)\b/i;

/** Without a fence, a sentence before the statement is on lines of its own, and one after it behind an empty line. */
function fromBeginning(said: string): string {
  const lines = said.split(/\r?\n/);
  const first = lines.findIndex((line) => /^\s*`?(?:(?:sql|query)\s*:\s*)?\(*\s*(?:SELECT|WITH)\b/i.test(line));
  if (first < 0) return said;
  const rest = lines.slice(first).join('\n');
  return /;\s*\n/.test(rest) ? rest.slice(0, rest.search(/;\s*\n/)) : rest;
}
