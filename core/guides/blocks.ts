/** A piece of Markdown that is never cut: a heading, a code block, or a paragraph with the lines that belong to it. */
export interface Block {
  kind: 'heading' | 'code' | 'text';
  text: string;
  /** 1…6 for a heading, 0 otherwise. */
  level: number;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/;

/** Reads Markdown as blocks in their order. A `#` inside a code block is no heading; a fence that is never closed reaches to the end. */
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
      blocks.push({ kind: 'code', text: lines.slice(at, end + 1).join('\n'), level: 0 });
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
    const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(lines[at] ?? '')?.[1];
    if (closing && closing[0] === fence[0] && closing.length >= fence.length) return at;
  }
  return lines.length - 1;
}

/** A block as Markdown again. */
export function writeBlock(block: Block): string {
  return block.kind === 'heading' ? `${'#'.repeat(block.level)} ${block.text}` : block.text;
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
