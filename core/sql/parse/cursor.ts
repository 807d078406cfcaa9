import type { DialectManifest, Grammar } from '../../dialect.js';
import type { Expr, FromItem, Query } from '../ast.js';
import {
  grammarOf,
  likePostgres,
  neverBareAliases,
  neverBareAliasesOf,
  neverNames,
  precedences,
  type Precedence,
} from '../grammar.js';
import { lex, significant, type Token } from '../lexer.js';
import { ParseError } from '../parse-error.js';

/** What the parts of the parser call in each other, given by the parser so that their files need no cycle. */
export interface Rules {
  expression(cursor: Cursor, level: number): Expr;
  query(cursor: Cursor): Query;
  source(cursor: Cursor): FromItem;
}

// Statements come from models, too: what would overflow the stack is refused as unreadable.
const maxDepth = 200;

/** A place in a statement's tokens, and the steps the parser takes from there. */
export class Cursor {
  readonly tokens: Token[];
  readonly grammar: Grammar;
  readonly levels: Precedence;
  /** Whether the grammar is PostgreSQL's or grew from it. */
  readonly likePostgres: boolean;
  at = 0;
  private depth = 0;

  constructor(
    sql: string,
    readonly manifest: DialectManifest,
    private readonly rules: Rules,
  ) {
    this.grammar = grammarOf(manifest);
    this.levels = precedences[this.grammar];
    this.likePostgres = likePostgres(this.grammar);
    const tokens = significant(lex(sql, manifest.lexer));
    this.tokens = this.grammar === 'bigquery' ? withoutHints(tokens) : tokens;
  }

  expression(level = 0): Expr {
    return this.deeper(() => this.rules.expression(this, level));
  }

  query(): Query {
    return this.deeper(() => this.rules.query(this));
  }

  /** One source of a FROM clause, without the joins after it. */
  source(): FromItem {
    return this.deeper(() => this.rules.source(this));
  }

  /**
   * A query in parentheses; null (and no step) where the parentheses turn out to hold an expression or a join that only begins
   * with one, as in `((SELECT 1) + 1)`.
   */
  parenthesisedQuery(): Query | null {
    const read = () => this.parenthesised(() => this.query());
    return this.isSymbol('(', 1) ? this.attempt(read) : read();
  }

  /** Reads something nested; too deep is refused. */
  deeper<T>(read: () => T): T {
    if (this.depth >= maxDepth) this.fail(`nested more than ${maxDepth} levels deep`);
    this.depth += 1;
    try {
      return read();
    } finally {
      this.depth -= 1;
    }
  }

  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)]!;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.at += 1;
    return token;
  }

  /** Whether the next tokens are these words. */
  is(...words: string[]): boolean {
    return words.every((word, index) => this.wordAt(index) === word);
  }

  isOneOf(words: ReadonlySet<string>): boolean {
    return words.has(this.wordAt(0));
  }

  /** The bare word some tokens ahead, upper case; '' where something else stands. */
  wordAt(ahead: number): string {
    const token = this.peek(ahead);
    return token.kind === 'word' ? token.value : '';
  }

  isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'operator' && token.text === symbol;
  }

  /** Steps over the words where all of them come next. */
  accept(...words: string[]): boolean {
    if (!this.is(...words)) return false;
    this.at += words.length;
    return true;
  }

  acceptSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.at += 1;
    return true;
  }

  expect(...words: string[]): void {
    if (!this.accept(...words)) this.fail(`expected ${words.join(' ')}`);
  }

  expectSymbol(symbol: string): void {
    if (!this.acceptSymbol(symbol)) this.fail(`expected "${symbol}"`);
  }

  fail(problem: string): never {
    const token = this.peek();
    const found = token.kind === 'end' ? 'the end' : JSON.stringify(token.text);
    throw new ParseError(`${problem}, found ${found}`, token.start);
  }

  unsupported(construct: string, writes = false): never {
    throw new ParseError(`unsupported construct: ${construct}`, this.peek().start, writes);
  }

  /** Items separated by commas, at least one. */
  list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.acceptSymbol(',')) items.push(item());
    return items;
  }

  parenthesised<T>(inside: () => T): T {
    this.expectSymbol('(');
    const result = inside();
    this.expectSymbol(')');
    return result;
  }

  /** Tries to read something; where that fails, steps back and gives null. */
  attempt<T>(read: () => T): T | null {
    const start = this.at;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ParseError) || error.writes) throw error;
      this.at = start;
      return null;
    }
  }

  /** Whether the next token can be a name where no keyword is expected. */
  isName(): boolean {
    const token = this.peek();
    if (token.kind === 'word') return !neverNames.has(token.value);
    return token.kind === 'quoted' || (token.kind === 'placeholder' && !token.value.startsWith('V'));
  }

  /** A name: unquoted ones folded as the dialect folds them, slots of a template by their id. */
  name(): string {
    if (!this.isName()) this.fail('expected a name');
    return this.textOfName(this.next());
  }

  /** A name after a dot or after AS, where keywords pass, too. */
  anyName(): string {
    const token = this.peek();
    const text = token.kind === 'string' && token.mark === '' && this.grammar === 'sqlite';
    if (!text && token.kind !== 'word' && !this.isName()) this.fail('expected a name');
    return this.textOfName(this.next());
  }

  /** An alias after AS, or bare where the next token can be one; null where there is none. */
  alias(): string | null {
    if (this.accept('AS')) return this.anyName();
    const token = this.peek();
    if (token.kind === 'word' && neverBareAliases.has(token.value)) return null;
    if (token.kind === 'word' && neverBareAliasesOf[this.grammar]?.has(token.value)) return null;
    if (token.kind === 'string' && this.grammar === 'sqlite') return this.anyName();
    return this.isName() ? this.name() : null;
  }

  /** DuckDB's alias before what it names, `total: SUM(x)`; null where none comes next. */
  prefixAlias(): string | null {
    if (this.grammar !== 'duckdb' || !this.isSymbol(':', 1) || !this.isName()) return null;
    const name = this.name();
    this.expectSymbol(':');
    return name;
  }

  /** `(a, b)` where it comes next, else an empty list. */
  optionalNames(): string[] {
    return this.isSymbol('(') ? this.parenthesised(() => this.list(() => this.name())) : [];
  }

  /** Whether a query, perhaps in parentheses, may come next. */
  startsQuery(ahead = 0): boolean {
    let at = ahead;
    while (this.isSymbol('(', at)) at += 1;
    switch (this.wordAt(at)) {
      case 'SELECT':
        return true;
      case 'WITH':
        return !this.isSymbol('(', at + 1);
      case 'VALUES':
        return this.isSymbol('(', at + 1);
      case 'FROM':
        return this.grammar === 'bigquery' || this.grammar === 'duckdb';
      case 'TABLE':
        return this.grammar !== 'sqlite' && this.isNameAt(at + 1);
      case 'PIVOT':
      case 'UNPIVOT':
        return this.grammar === 'duckdb' && (this.isNameAt(at + 1) || this.isSymbol('(', at + 1));
      default:
        return false;
    }
  }

  private isNameAt(ahead: number): boolean {
    const token = this.peek(ahead);
    return token.kind === 'quoted' || token.kind === 'word' || token.kind === 'placeholder';
  }

  private textOfName(token: Token): string {
    if (token.kind !== 'word') return token.value;
    return this.manifest.printer.folding === 'lower' ? token.text.toLowerCase() : token.text;
  }
}

// A hint (`@{…}` or `@5`) says how GoogleSQL is to run a statement, not what it means.
function withoutHints(tokens: Token[]): Token[] {
  const kept: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const next = tokens[at + 1];
    if (tokens[at]!.text !== '@' || (next?.text !== '{' && next?.kind !== 'number')) kept.push(tokens[at]!);
    else if (next.kind === 'number') at += 1;
    else while (at + 1 < tokens.length - 1 && tokens[at]!.text !== '}') at += 1;
  }
  return kept;
}
