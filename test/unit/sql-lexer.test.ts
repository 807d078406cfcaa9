import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lex, significant } from '../../core/sql/lexer.js';
import { ParseError } from '../../core/sql/parse-error.js';
import { bigquery } from '../../dialects/bigquery/dialect.js';
import { postgres } from '../../dialects/postgres/dialect.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';

const dialects = [sqlite, postgres, bigquery];
const kinds = (sql: string, rules = sqlite.lexer) =>
  significant(lex(sql, rules))
    .slice(0, -1)
    .map((token) => `${token.kind}:${token.value}`);

describe('lexer', () => {
  it('cuts a statement into words, names, values and operators', () => {
    expect(kinds(`SELECT "a b", 'it''s', 1.5e3 FROM t WHERE x <> .5 -- end`)).toEqual([
      'word:SELECT',
      'quoted:a b',
      'operator:,',
      "string:it's",
      'operator:,',
      'number:1.5e3',
      'word:FROM',
      'word:T',
      'word:WHERE',
      'word:X',
      'operator:<>',
      'number:.5',
    ]);
  });

  it('reads every way SQLite quotes a name', () => {
    expect(kinds('`a` [b c] "d""e"')).toEqual(['quoted:a', 'quoted:b c', 'quoted:d"e']);
  });

  it("reads PostgreSQL's dollar quotes, escapes, nested comments and operators", () => {
    expect(kinds("$$it's$$ $x$a$$b$x$ E'a\\n\\u0041' /* a /* b */ c */ a #>> b @> c::int", postgres.lexer)).toEqual([
      "string:it's",
      'string:a$$b',
      'string:a\nA',
      'word:A',
      'operator:#>>',
      'word:B',
      'operator:@>',
      'word:C',
      'operator:::',
      'word:INT',
    ]);
  });

  it("reads BigQuery's strings, raw strings, triple quotes and hash comments", () => {
    expect(kinds(`"a\\"b" r'\\d+' '''x'y''' \`p.d.t\` # rest`, bigquery.lexer)).toEqual([
      'string:a"b',
      'string:\\d+',
      "string:x'y",
      'quoted:p.d.t',
    ]);
  });

  it('reads the slots of a template', () => {
    expect(kinds('SELECT {T1}.{C2} = {V10}')).toEqual([
      'word:SELECT',
      'placeholder:T1',
      'operator:.',
      'placeholder:C2',
      'operator:=',
      'placeholder:V10',
    ]);
  });

  it.each([
    ["SELECT 'open", 7, 'string is not closed'],
    ['SELECT "open', 7, 'quoted name is not closed'],
    ['SELECT 1 /* open', 9, 'comment is not closed'],
    ['SELECT \\', 7, 'unexpected character'],
  ])('says where %s goes wrong', (sql, position, problem) => {
    try {
      lex(sql, sqlite.lexer);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ParseError);
      expect((error as ParseError).position).toBe(position);
      expect((error as ParseError).problem).toContain(problem);
    }
  });

  it('loses nothing: the tokens of any text, joined, are the text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'SELECT',
        ' ',
        '\n',
        "'a''b'",
        '"c"',
        '`d`',
        '[e]',
        '--x\n',
        '/* y */',
        '$$z$$',
        '{T1}',
        '->>',
        '::',
        '.',
        '1e5',
        '0x1F',
        "E'\\n'",
        "r'\\d'",
        '#',
      ),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.constantFrom(...dialects), (pieces, dialect) => {
        const sql = pieces.join('');
        let tokens;
        try {
          tokens = lex(sql, dialect.lexer);
        } catch (error) {
          expect(error).toBeInstanceOf(ParseError);
          expect((error as ParseError).position).toBeLessThan(sql.length);
          return;
        }
        expect(tokens.map((token) => token.text).join('')).toBe(sql);
        tokens.forEach((token, index) => expect(token.start).toBe(index === 0 ? 0 : tokens[index - 1]!.end));
        expect(tokens.at(-1)).toMatchObject({ kind: 'end', start: sql.length });
      }),
      { numRuns: 500 },
    );
  });
});
