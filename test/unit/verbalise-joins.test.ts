import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/sampling/random.js';
import { parse } from '../../core/sql/parser.js';
import { commonPhrases } from '../../core/verbalise/common-phrases.js';
import { compileLexicon } from '../../core/verbalise/phrase.js';
import { verbalise } from '../../core/verbalise/verbalise.js';
import { styles } from '../../core/verbalise/voice.js';
import { dialects } from '../../dialects/registry.js';
import { examplesFor } from './teacher-inputs.js';

const { manifest, phrases } = dialects['duckdb']!;
const lexicon = compileLexicon(manifest, phrases, commonPhrases);
const schema = examplesFor('duckdb');

function questions(sql: string): string[] {
  const query = parse(sql, manifest);
  return styles.flatMap((style) =>
    [1, 2, 3].map((seed) => {
      const outcome = verbalise({ query, schema, lexicon, random: createRandom(seed), style });
      return outcome.outcome === 'read' ? outcome.question : `no words for ${outcome.part}`;
    }),
  );
}

describe('the words of groups over joins', () => {
  const joined = 'FROM orders AS o JOIN customers AS c ON o.customer_id = c.id';

  it('name what is joined also where a count stands for the rows', () => {
    for (const groups of ['o.status', 'GROUPING SETS ((o.status), (o.order_date))'])
      for (const text of questions(`SELECT o.status, COUNT(*) ${joined} GROUP BY ${groups}`))
        expect(text).toMatch(/\bcustomer\b/i);
  });

  it('do not ask for a key that the statement does not put out', () => {
    const hidden = questions(`SELECT c.name ${joined} GROUP BY c.id, c.name HAVING COUNT(*) > 2`);
    for (const text of hidden) expect(text).toMatch(/name (of the customer )?for each combination of .*\bid\b/i);
    for (const text of questions(`SELECT c.name, c.id ${joined} GROUP BY c.id, c.name HAVING COUNT(*) > 2`))
      expect(text).not.toMatch(/for each combination of/);
    const both = questions(
      `SELECT c.name ${joined} GROUP BY c.id, c.name HAVING COUNT(*) > 2 EXCEPT SELECT c.name ${joined} GROUP BY c.id, c.name HAVING MAX(o.id) > 2`,
    );
    for (const text of both) expect(text.match(/for each combination of/g)).toHaveLength(2);
  });
});

describe("the words of DuckDB's joins", () => {
  it('say of a semi join that there is a partner, of an anti join that there is none', () => {
    const having = questions('SELECT name FROM customers SEMI JOIN orders ON orders.customer_id = customers.id');
    const lacking = questions('SELECT name FROM customers ANTI JOIN orders ON orders.customer_id = customers.id');
    for (const text of lacking) expect(text).toMatch(/\b(no|not|without|never|lack\w*)\b/i);
    for (const text of having) {
      expect(text).toMatch(/\borders?\b/i);
      expect(lacking).not.toContain(text);
    }
  });

  it('say of an as-of join that the closest match alone counts', () => {
    const sql = 'SELECT o.id, e.name FROM orders AS o ASOF JOIN employees AS e ON o.order_date >= e.hired_on';
    const plain = questions(sql.replace('ASOF JOIN', 'JOIN'));
    for (const text of questions(sql)) {
      expect(text).toMatch(/closest match/);
      expect(plain).not.toContain(text);
    }
  });

  it('say which columns a star leaves out', () => {
    for (const text of questions('SELECT * EXCLUDE (email, phone) FROM customers')) {
      expect(text).toMatch(/(without|except|apart from) the email and (the )?phone/i);
    }
  });

  it('are not made up for joins that have none', () => {
    expect(questions('SELECT p.name FROM products AS p POSITIONAL JOIN employees AS e')).toEqual(
      Array(styles.length * 3).fill('no words for join type'),
    );
  });
});
