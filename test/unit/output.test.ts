import { describe, expect, it } from 'vitest';
import { createOutput, describeError, exitCodeOf, formatTable } from '../../cli/output.js';
import { InvalidInputError, NotFoundError, RefusedError, UnreachableError } from '../../core/errors.js';

function speak(options: { json?: boolean; quiet?: boolean }) {
  const said = { out: '', err: '' };
  const stream = (name: 'out' | 'err') => ({
    write: (text: string | Uint8Array) => Boolean((said[name] += String(text))),
  });
  const output = createOutput({ json: false, quiet: false, input: false, ...options }, stream('out'), stream('err'));
  return { said, output };
}

describe('createOutput', () => {
  it('prints the text for people, one line of JSON for scripts', () => {
    const text = speak({});
    text.output.result({ a: 1 }, 'a is 1');
    const json = speak({ json: true });
    json.output.result({ a: 1 }, 'a is 1');
    expect([text.said.out, json.said.out]).toEqual(['a is 1\n', '{"a":1}\n']);
  });

  it('keeps progress on stderr, and silent when quiet', () => {
    const loud = speak({ json: true });
    loud.output.progress('Working.');
    const quiet = speak({ quiet: true });
    quiet.output.progress('Working.');
    quiet.output.warn('Beware.');
    expect([loud.said, quiet.said]).toEqual([
      { out: '', err: 'Working.\n' },
      { out: '', err: 'Beware.\n' },
    ]);
  });
});

describe('errors', () => {
  it('have the exit codes of the contract', () => {
    const errors = [
      new Error('bug'),
      new InvalidInputError('a', 'b'),
      new NotFoundError('a', 'b'),
      new RefusedError('a', 'b'),
      new UnreachableError('a', 'b'),
    ];
    expect(errors.map(exitCodeOf)).toEqual([1, 2, 3, 4, 1]);
  });

  it('are one sentence of what and one of the remedy', () => {
    expect(describeError(new NotFoundError('There is no run x.', 'Run `dialectic list`.'))).toEqual({
      error: 'NotFoundError',
      what: 'There is no run x.',
      remedy: 'Run `dialectic list`.',
    });
  });
});

it('formatTable aligns columns without blanks at the end of lines', () => {
  expect(
    formatTable(
      ['a', 'b'],
      [
        ['long', 'x'],
        ['s', ''],
      ],
    ),
  ).toBe('a     b\nlong  x\ns');
});
