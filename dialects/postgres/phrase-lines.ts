export { phraseLines } from '../phrase-lines.js';
