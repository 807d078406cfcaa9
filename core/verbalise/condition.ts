import type { Expr } from '../sql/ast.js';
import { type Clause, sentence, whole } from './clause.js';
import { comparisonWords, mirrored } from './comparison.js';
import { fillWords, literalPhrase, nounPhrase, quoted } from './expression.js';
import { isLiteral, matchPhrase } from './phrase.js';
import { conjuncts, isComparison, type Reader } from './reader.js';
import { findColumn, type Scope } from './scope.js';
import { typeOf } from './type-of.js';
import { the, Unreadable } from './voice.js';
import { enumerate } from './words.js';

/** Reads a condition as a full clause: `the unit price is above 5`. */
export function clause(expr: Expr, scope: Scope, reader: Reader): string {
  return sentence(readClause(expr, scope, reader));
}

export function readClause(expr: Expr, scope: Scope, reader: Reader): Clause {
  const { random } = reader.voice;
  const spoken = spokenClause(expr, scope, reader);
  if (spoken !== null) return spoken;
  const about = (subject: Expr, finite: string, bare: string | null = null): Clause => ({
    subject: nounPhrase(subject, scope, reader),
    finite,
    bare,
    plain: isPlainColumn(subject, scope),
  });
  switch (expr.kind) {
    case 'binary':
      if (/^(AND|OR)$/i.test(expr.operator)) return junction(expr, scope, reader);
      if (isComparison(expr.operator)) return comparison(expr, scope, reader);
      break;
    case 'unary':
      if (expr.operator === 'NOT') return negation(expr.operand, scope, reader);
      break;
    case 'between': {
      const low = nounPhrase(expr.low, scope, reader);
      const high = nounPhrase(expr.high, scope, reader);
      if (expr.negated)
        return about(expr.operand, `is not between ${low} and ${high}`, `not between ${low} and ${high}`);
      const finite = random.pick(['is between', 'lies between', 'is in the range between']);
      return about(expr.operand, `${finite} ${low} and ${high}`, `between ${low} and ${high}`);
    }
    case 'in':
      return membership(expr, scope, reader);
    case 'like':
      return pattern(expr, scope, reader);
    case 'is':
      return isTest(expr, scope, reader);
    case 'exists':
      return reader.existsClause(expr.query, expr.negated, scope);
    case 'boolean':
      return whole(expr.value ? 'always' : 'never');
    case 'column':
      return flag(expr, true, scope, reader);
    default:
  }
  if (typeOf(expr, scope, reader.lexicon) === 'boolean' && (expr.kind === 'call' || expr.kind === 'cast')) {
    return about(expr, 'is true', 'true');
  }
  throw new Unreadable(`condition ${expr.kind} ${'operator' in expr ? String(expr.operator) : ''}`.trim());
}

function isPlainColumn(expr: Expr, scope: Scope): boolean {
  if (expr.kind !== 'column') return false;
  const found = findColumn(expr.name, expr.table, scope);
  return found !== null && !found.qualify && found.entity.kind === 'table';
}

/** By a phrase whose words are a clause (`{s} starts with {prefix}`). */
function spokenClause(expr: Expr, scope: Scope, reader: Reader): Clause | null {
  const match = matchPhrase(reader.lexicon, expr, (part) => typeOf(part, scope, reader.lexicon));
  if (match === null || match.phrase.kind !== 'predicate') return null;
  const words = reader.voice.random.pick(match.phrase.says);
  const lead = /^\{([a-z]\d?)\} (.*)$/.exec(words);
  const subject = lead === null ? undefined : match.holes.get(lead[1]!);
  if (lead === null || subject === undefined) return whole(fillWords(words, match.holes, scope, reader));
  return {
    subject: nounPhrase(subject, scope, reader),
    finite: fillWords(lead[2]!, match.holes, scope, reader),
    bare: null,
    plain: isPlainColumn(subject, scope),
  };
}

function junction(expr: Extract<Expr, { kind: 'binary' }>, scope: Scope, reader: Reader): Clause {
  const operator = expr.operator.toUpperCase();
  if (operator === 'AND') return whole(enumerate(conjuncts(expr).map((part) => clause(part, scope, reader))));
  const parts: Expr[] = [];
  const collect = (part: Expr): void => {
    if (part.kind === 'binary' && part.operator.toUpperCase() === 'OR') {
      collect(part.left);
      collect(part.right);
    } else {
      parts.push(part);
    }
  };
  collect(expr);
  const read = parts.map((part) => {
    const inner = conjuncts(part);
    return inner.length > 1
      ? `both ${inner.map((one) => clause(one, scope, reader)).join(' and ')}`
      : clause(part, scope, reader);
  });
  return whole(`either ${enumerate(read, 'or')}`);
}

function comparison(expr: Extract<Expr, { kind: 'binary' }>, scope: Scope, reader: Reader): Clause {
  if (isLiteral(expr.left) && !isLiteral(expr.right)) {
    return comparison(
      { ...expr, operator: mirrored(expr.operator), left: expr.right, right: expr.left },
      scope,
      reader,
    );
  }
  if (expr.right.kind === 'boolean') {
    const positive = expr.right.value === (expr.operator !== '<>' && expr.operator !== '!=');
    if (expr.left.kind === 'column') return flag(expr.left, positive, scope, reader);
  }
  const type = typeOf(expr.left, scope, reader.lexicon);
  const literalType = typeOf(expr.right, scope, reader.lexicon);
  const words = comparisonWords(expr.operator, type === 'other' ? literalType : type);
  if (words === null) throw new Unreadable(`comparison ${expr.operator}`);
  const other = sideWords(expr.right, scope, reader);
  const put = (text: string): string => text.replace('{}', () => other);
  const { random } = reader.voice;
  return {
    subject: nounPhrase(expr.left, scope, reader),
    finite: put(random.pick(words.finite)),
    bare: isLiteral(expr.right) ? put(random.pick(words.bare)) : null,
    plain: isPlainColumn(expr.left, scope),
  };
}

function sideWords(expr: Expr, scope: Scope, reader: Reader): string {
  if (isLiteral(expr) && expr.kind !== 'word') return literalPhrase(expr, reader);
  if (expr.kind === 'quantified' && expr.query !== null) {
    const word = expr.quantifier === 'ALL' ? 'every one of' : 'any of';
    return `${word} ${the(reader.queryPhrase(expr.query, scope))}`;
  }
  return the(nounPhrase(expr, scope, reader));
}

/** A boolean column: `the is active flag is set`. The column's name stays whole, so that it can be found. */
function flag(expr: Extract<Expr, { kind: 'column' }>, positive: boolean, scope: Scope, reader: Reader): Clause {
  const { random } = reader.voice;
  const yes = ['is true', 'is set', 'is yes'];
  const no = ['is false', 'is not set', 'is no'];
  return {
    subject: `${nounPhrase(expr, scope, reader)} flag`,
    finite: random.pick(positive ? yes : no),
    bare: positive ? 'set' : 'not set',
    plain: isPlainColumn(expr, scope),
  };
}

function negation(operand: Expr, scope: Scope, reader: Reader): Clause {
  if (operand.kind === 'exists') return reader.existsClause(operand.query, !operand.negated, scope);
  if (operand.kind === 'column') return flag(operand, false, scope, reader);
  if ('negated' in operand) return readClause({ ...operand, negated: !operand.negated } as Expr, scope, reader);
  return whole(`it is not true that ${clause(operand, scope, reader)}`);
}

function membership(expr: Extract<Expr, { kind: 'in' }>, scope: Scope, reader: Reader): Clause {
  const { random } = reader.voice;
  const subject = nounPhrase(expr.operand, scope, reader);
  const plain = isPlainColumn(expr.operand, scope);
  if (expr.query !== null) {
    const set = the(reader.queryPhrase(expr.query, scope));
    const finite = expr.negated
      ? ['is not among', 'is none of', 'does not appear among']
      : ['is among', 'is one of', 'appears among'];
    return { subject, finite: `${random.pick(finite)} ${set}`, bare: null, plain };
  }
  if (expr.unnest !== null) {
    const list = the(nounPhrase(expr.unnest, scope, reader));
    return whole(`${the(subject)} ${expr.negated ? 'is not an element of' : 'is an element of'} ${list}`);
  }
  const values = enumerate(
    expr.list.map((item) => sideWords(item, scope, reader)),
    'or',
  );
  if (expr.negated) {
    return {
      subject,
      finite: `${random.pick(['is none of', 'is neither of', 'is not any of'])} ${values}`,
      bare: `other than ${values}`,
      plain,
    };
  }
  return {
    subject,
    finite: `${random.pick(['is one of', 'is any of', 'is either'])} ${values}`,
    bare: `${random.pick(['of', 'in'])} ${values}`,
    plain,
  };
}

/** LIKE and its kin by the shape of the pattern; the dialect's notes tell one operator from another. */
function pattern(expr: Extract<Expr, { kind: 'like' }>, scope: Scope, reader: Reader): Clause {
  if (expr.pattern.kind !== 'string' || expr.escape !== null) throw new Unreadable('pattern');
  const operator = expr.operator.toUpperCase();
  const note = reader.lexicon.patternNotes[operator];
  if (note === undefined) throw new Unreadable(`operator ${operator}`);
  const any = operator === 'GLOB' ? '*' : '%';
  const text = expr.pattern.value;
  const starts = text.endsWith(any);
  const ends = text.startsWith(any);
  const core = text.slice(ends ? 1 : 0, starts ? -1 : undefined);
  const { random } = reader.voice;
  if (any === '%' && /[%_]/.test(core)) {
    // Letter for letter: what stands for any text or character must be told.
    const marks = [
      ...(text.includes('%') ? ['% stands for any text'] : []),
      ...(text.includes('_') ? ['_ for any one character'] : []),
    ];
    const finite = expr.negated
      ? 'does not match the pattern'
      : random.pick(['matches the pattern', 'fits the pattern']);
    return {
      subject: nounPhrase(expr.operand, scope, reader),
      finite: `${finite} '${text}'${note === '' ? '' : ` ${note}`} (${marks.join(', ')})`,
      bare: null,
      plain: isPlainColumn(expr.operand, scope),
    };
  }
  if (core === '' || core.includes(any) || (any === '*' && /[?[\]]/.test(core))) throw new Unreadable('pattern shape');
  const value = quoted(core, reader);
  const suffix = note === '' ? '' : ` ${note}`;
  const build = (positive: string[], negative: string[], bare: string[], bareNegative: string[]): Clause => ({
    subject: nounPhrase(expr.operand, scope, reader),
    finite: `${random.pick(expr.negated ? negative : positive)} ${value}${suffix}`,
    bare: `${random.pick(expr.negated ? bareNegative : bare)} ${value}${suffix}`,
    plain: isPlainColumn(expr.operand, scope),
  });
  if (starts && ends)
    return build(
      ['contains', 'includes', 'has in it'],
      ['does not contain', 'does not include'],
      ['containing', 'including'],
      ['not containing'],
    );
  if (starts)
    return build(
      ['starts with', 'begins with'],
      ['does not start with', 'does not begin with'],
      ['starting with', 'beginning with'],
      ['not starting with'],
    );
  if (ends)
    return build(
      ['ends with', 'ends in'],
      ['does not end with', 'does not end in'],
      ['ending with', 'ending in'],
      ['not ending with'],
    );
  return build(['matches', 'is like'], ['does not match', 'is not like'], ['matching'], ['not matching']);
}

function isTest(expr: Extract<Expr, { kind: 'is' }>, scope: Scope, reader: Reader): Clause {
  const { random } = reader.voice;
  if ((expr.test === 'TRUE' || expr.test === 'FALSE') && expr.operand.kind !== 'column') {
    const truth = expr.test === 'TRUE' ? 'true' : 'false';
    return whole(`it is ${expr.negated ? 'not ' : ''}certainly ${truth} that ${clause(expr.operand, scope, reader)}`);
  }
  const subject = nounPhrase(expr.operand, scope, reader);
  const plain = isPlainColumn(expr.operand, scope);
  if (expr.test === 'NULL') {
    return expr.negated
      ? {
          subject,
          finite: random.pick(['is known', 'is present', 'is not missing', 'is recorded', 'is given']),
          bare: 'present',
          plain,
        }
      : {
          subject,
          finite: random.pick(['is missing', 'is unknown', 'is not recorded', 'is not given', 'is null']),
          bare: 'missing',
          plain,
        };
  }
  if (expr.test === 'DISTINCT FROM' && expr.right !== null) {
    const other = sideWords(expr.right, scope, reader);
    const finite = expr.negated
      ? `is the same as ${other}, missing values counting as equal`
      : `is different from ${other}, a missing value counting as different`;
    return { subject, finite, bare: null, plain };
  }
  if ((expr.test === 'TRUE' || expr.test === 'FALSE') && expr.operand.kind === 'column') {
    const truth = expr.test === 'TRUE' ? 'true' : 'false';
    return {
      subject: `${subject} flag`,
      finite: expr.negated ? `is not ${truth} or is missing` : `is definitely ${truth}`,
      bare: null,
      plain,
    };
  }
  throw new Unreadable(`IS ${expr.test}`);
}

/** A subquery's condition that only says which row of the outer query it belongs to; the words `their`, `of the same …` say it. */
export function isCorrelation(expr: Expr, inner: Scope): boolean {
  if (expr.kind !== 'binary' || expr.operator !== '=') return false;
  const sides = [expr.left, expr.right];
  if (!sides.every((side) => side.kind === 'column')) return false;
  const outer = sides.filter((side) => {
    const found = side.kind === 'column' ? findColumn(side.name, side.table, inner) : null;
    return found?.outer === true;
  });
  return outer.length === 1;
}
