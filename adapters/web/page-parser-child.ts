import { readMainContent } from './main-content.js';
import type { ParseAnswer, ParseRequest } from './page-parser.js';

/** Entry of the child process in which pages are parsed; it ends with its parent's connection. */
process.on('message', ({ html, address, selector }: ParseRequest) => {
  process.send!(answer(html, address, selector));
});
process.on('disconnect', () => process.exit(0));
process.send!('ready');

function answer(html: string, address: string, selector: string | null): ParseAnswer {
  try {
    return { content: readMainContent(html, address, selector) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
