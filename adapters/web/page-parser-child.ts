import { endWithParent } from '../../schema/end-with-parent.js';
import type { ParseAnswer, ParseRequest } from './page-parser.js';
import { parsePage } from './parse-page.js';

/** Entry of the child process in which pages are parsed; it ends with its parent's connection. */
process.on('message', (request: ParseRequest) => {
  process.send!(answer(request));
});
endWithParent();
process.send!('ready');

function answer(request: ParseRequest): ParseAnswer {
  try {
    return { page: parsePage(request) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
