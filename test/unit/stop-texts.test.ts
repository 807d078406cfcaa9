import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStopFilter } from '../../serve/http/stop-texts.js';

/** What comes out when a text comes in pieces. */
function cut(pieces: readonly string[], stops: readonly string[]): string {
  const filter = createStopFilter(stops);
  let out = '';
  for (const piece of pieces) {
    const { safe, stopped } = filter.push(piece);
    out += safe;
    if (stopped) return out;
  }
  return out + filter.rest();
}

describe('stop texts', () => {
  it('cut a text before the first of them, however it comes in pieces', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', ';'), maxLength: 4 });
    const stop = letters.filter((text) => text !== '');
    fc.assert(
      fc.property(fc.array(letters), fc.array(stop, { maxLength: 3 }), (pieces, stops) => {
        const text = pieces.join('');
        const places = stops.map((one) => text.indexOf(one)).filter((at) => at >= 0);
        expect(cut(pieces, stops)).toBe(places.length > 0 ? text.slice(0, Math.min(...places)) : text);
      }),
    );
  });

  it('are not told even in part', () => {
    const filter = createStopFilter(['\n\n']);
    expect(filter.push('SELECT 1\n')).toEqual({ safe: 'SELECT 1', stopped: false });
    expect(filter.push('FROM t')).toEqual({ safe: '\nFROM t', stopped: false });
    expect(filter.push('\n\nmore')).toEqual({ safe: '', stopped: true });
  });
});
