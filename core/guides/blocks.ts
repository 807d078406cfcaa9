/** A piece of Markdown that is never cut: a heading, a code block, or a paragraph with the lines that belong to it. */
export interface Block {
  kind: 'heading' | 'code' | 'text';
  text: string;
  /** 1…6 for a heading, 0 otherwise. */
  level: number;
}

/** A fence may stand inside a list item, however deep; four blanks before one mean indented code in theory alone. */
const FENCE = /^[ \t]*(`{3,}|~{3,})([^`]*)$/;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/;

/**
 * Reads Markdown as blocks in their order. A `#` inside a code block is no heading; a fence that is never closed reaches to the end.
 * Code inside a list loses the list's indentation.
 */
export function readBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const flush = (): void => {
    const text = paragraph.join('\n').trim();
    if (text) blocks.push({ kind: 'text', text, level: 0 });
    paragraph = [];
  };
  const lines = markdown.replaceAll('\r\n', '\n').split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const heading = HEADING.exec(line);
    const fence = FENCE.exec(line)?.[1];
    if (fence) {
      flush();
      const end = findClosingFence(lines, at + 1, fence);
      blocks.push({ kind: 'code', text: withoutIndent(lines.slice(at, end + 1)), level: 0 });
      at = end;
    } else if (heading) {
      flush();
      blocks.push({ kind: 'heading', text: (heading[2] ?? '').trim(), level: (heading[1] ?? '').length });
    } else if (line.trim() === '') flush();
    else paragraph.push(line);
  }
  flush();
  return blocks;
}

function findClosingFence(lines: string[], from: number, fence: string): number {
  for (let at = from; at < lines.length; at += 1) {
    const closing = /^[ \t]*(`{3,}|~{3,})[ \t]*$/.exec(lines[at] ?? '')?.[1];
    if (closing && closing[0] === fence[0] && closing.length >= fence.length) return at;
  }
  return lines.length - 1;
}

/** Takes from each line as much of the opening fence's indentation as it has, from a closing fence all of it. */
function withoutIndent(lines: string[]): string {
  const indent = /^[ \t]*/.exec(lines[0] ?? '')![0].length;
  const inside = lines.map((line) => line.replace(new RegExp(`^[ \\t]{0,${indent}}`), ''));
  const last = inside.at(-1) ?? '';
  return [...inside.slice(0, -1), /^[ \t]*(?:`{3,}|~{3,})[ \t]*$/.test(last) ? last.trim() : last].join('\n');
}

/** A block as Markdown again. */
export function writeBlock(block: Block): string {
  return block.kind === 'heading' ? `${'#'.repeat(block.level)} ${block.text}` : block.text;
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
