import type { LinkedWords } from '../../../core/answer.js';
import { element, part } from './element.js';

const kinds = { table: 'table', column: 'column', value: 'value' } as const;

/** The question with the words marked that were found in the schema or among its values. */
export function showLinkedQuestion(question: string, linked: readonly LinkedWords[]): void {
  const out: (Node | string)[] = [];
  let at = 0;
  for (const words of linked) {
    const place = findWords(question, words.text, at);
    if (place === null) continue;
    const [from, to] = place;
    out.push(question.slice(at, from));
    const names = words.names.join(', ');
    out.push(
      element(
        'mark',
        { class: words.kind, title: `${kinds[words.kind]}${names ? `: ${names}` : ''}` },
        question.slice(from, to),
        element('span', { class: 'as' }, words.kind === 'value' && names === '' ? 'value' : `${words.kind} ${names}`),
      ),
    );
    at = to;
  }
  out.push(question.slice(at));
  part('linked', HTMLElement).replaceChildren(...out);
}

/** Where the words stand: letters and digits alike, with whatever people write between them. */
function findWords(question: string, words: string, from: number): [number, number] | null {
  const escaped = words
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const match = new RegExp(escaped.join('[^\\p{L}\\p{N}]+'), 'iu').exec(question.slice(from));
  return match === null || match[0] === '' ? null : [from + match.index, from + match.index + match[0].length];
}
