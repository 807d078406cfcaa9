"""Spider's exact set match, straightforwardly: an independent reference for what Dialectic says.

    python3 bench/eval/exact_match.py --gold dev.json --pred pred.jsonl … --tables tables.json [--out verdicts.jsonl]

Written from what the evaluation of Yu et al. (2018) is published to do, with nothing but Python's standard library, and
knowing nothing of Dialectic's parser. It reads statements by Spider's own small grammar: one set operation, tables
joined by JOIN, columns, the five aggregates, one arithmetic sign. Whatever else a statement has, it is not read, and what
is not read matches nothing.

Gold questions that carry Spider's own tree (`sql`) are a test of the reading: their trees must come out alike.
Prints one JSON document; `--out` takes a line for every prediction: {"pred", "id", "read", "exact", "apart"}.
"""

import argparse
import json
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

AGGREGATES = ('none', 'max', 'min', 'count', 'sum', 'avg')
SIGNS = ('none', '-', '+', '*', '/')
TESTS = ('not', 'between', '=', '>', '<', '>=', '<=', '!=', 'in', 'like', 'is', 'exists')
CLAUSES = frozenset(('select', 'from', 'where', 'group', 'order', 'limit', 'intersect', 'union', 'except'))
OPERATIONS = ('intersect', 'union', 'except')


class NotRead(Exception):
    """A statement that Spider's grammar does not have."""


class Column(NamedTuple):
    aggregate: str
    name: str
    distinct: bool


class Term(NamedTuple):
    """A column, or two with a sign between them."""

    sign: str
    left: Column
    right: Column | None


class Test(NamedTuple):
    negated: bool
    test: str
    term: Term
    low: object
    high: object


class Statement(NamedTuple):
    distinct: bool
    select: tuple[tuple[str, Term], ...]
    tables: tuple
    joins: tuple
    where: tuple
    group: tuple[Column, ...]
    having: tuple
    order: tuple[str, tuple[Term, ...]] | None
    limit: int | None
    operation: tuple | None


def tokens_of(sql: str) -> list[str]:
    """Lower case but for texts, which are in double quotes whatever they were in."""
    pattern = r'"[^"]*"|[<>!]\s*=|(?<=\s)-\d+(?:\.\d+)?|\d+(?:\.\d+)?(?![\w.])|[\w.]+|\S'
    found = re.findall(pattern, sql.replace("'", '"'))
    return [token if token.startswith('"') else re.sub(r'\s', '', token.lower()) for token in found]


class Reader:
    """Reads one statement. Spider knows aliases throughout a statement: of two alike the last one counts everywhere."""

    def __init__(self, sql: str, schema: dict[str, list[str]]):
        self.tokens = tokens_of(sql)
        self.schema = schema
        self.at = 0
        self.names = {self.tokens[at + 1]: self.tokens[at - 1] for at, t in enumerate(self.tokens[:-1]) if t == 'as'}
        if any(table in self.names for table in schema):
            raise NotRead('an alias is called like a table')
        self.names |= {table: table for table in schema}

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ''

    def take(self, *wanted: str) -> str:
        token = self.peek()
        if not token or (wanted and token not in wanted):
            raise NotRead(f'{token or "the end"} where {" or ".join(wanted) or "more"} should be')
        self.at += 1
        return token

    def takes(self, *wanted: str) -> bool:
        if self.peek() not in wanted:
            return False
        self.at += 1
        return True

    def table(self, name: str) -> str:
        table = self.names.get(name)
        if table not in self.schema:
            raise NotRead(f'no table {name}')
        return table

    def column_name(self, tables: list[str]) -> str:
        token = self.take()
        if token == '*':
            return token
        if '.' in token:
            of, name = token.rsplit('.', 1)
            owners = [self.table(of)]
        else:
            name, owners = token, tables
        owner = next((table for table in owners if name in self.schema[table]), None)
        if owner is None:
            raise NotRead(f'no column {token}')
        return f'{owner}.{name}'

    def column(self, tables: list[str]) -> Column:
        opened = self.takes('(')
        if self.peek() in AGGREGATES[1:]:
            aggregate = self.take()
            self.take('(')
            distinct = self.takes('distinct')
            column = Column(aggregate, self.column_name(tables), distinct)
            self.take(')')
            # As in Spider, an aggregate in parentheses leaves the closing one to what holds it.
            return column
        distinct = self.takes('distinct')
        column = Column('none', self.column_name(tables), distinct)
        if opened:
            self.take(')')
        return column

    def term(self, tables: list[str]) -> Term:
        opened = self.takes('(')
        left = self.column(tables)
        sign, right = 'none', None
        if self.peek() in SIGNS[1:]:
            sign = self.take()
            right = self.column(tables)
        if opened:
            self.take(')')
        return Term(sign, left, right)

    def value(self, tables: list[str]) -> object:
        opened = self.takes('(')
        token = self.peek()
        if token == 'select':
            found: object = self.statement()
        elif token.startswith('"'):
            found = self.take()
        elif re.fullmatch(r'-?\d+(\.\d+)?', token):
            found = float(self.take())
        else:
            found = self.column(tables)
            # Spider passes over what follows a column here, an OR with its test included.
            while self.peek() and self.peek() not in CLAUSES | {',', ')', 'and', 'join', 'on', 'as'}:
                self.take()
        if opened:
            self.take(')')
        return found

    def condition(self, tables: list[str]) -> tuple:
        """Tests with `and` and `or` between them."""
        parts: list = []
        while True:
            term = self.term(tables)
            negated = self.takes('not')
            test = self.take(*TESTS)
            low, high = self.value(tables), None
            if test == 'between':
                self.take('and')
                high = self.value(tables)
            parts.append(Test(negated, test, term, low, high))
            if self.peek() not in ('and', 'or'):
                return tuple(parts)
            parts.append(self.take())

    def sources(self) -> tuple[tuple, tuple, list[str]]:
        """What FROM holds, the conditions of its joins, and its tables."""
        self.take('from')
        units, conditions, tables = [], [], []
        while True:
            opened = self.takes('(')
            if self.peek() == 'select':
                units.append(('query', self.statement()))
            else:
                self.takes('join')
                table = self.table(self.take())
                if self.takes('as'):
                    self.take()
                units.append(('table', table))
                tables.append(table)
            if self.takes('on'):
                conditions += [*(['and'] if conditions else []), *self.condition(tables)]
            if opened:
                self.take(')')
            if not self.peek() or self.peek() in CLAUSES or self.peek() in (')', ';'):
                return tuple(units), tuple(conditions), tables

    def outputs(self, tables: list[str]) -> tuple[bool, tuple]:
        self.take('select')
        distinct = self.takes('distinct')
        found = []
        while self.peek() and self.peek() not in CLAUSES:
            aggregate = self.take() if self.peek() in AGGREGATES[1:] else 'none'
            found.append((aggregate, self.term(tables)))
            self.takes(',')
        return distinct, tuple(found)

    def listed(self, read) -> tuple:
        found = [read()]
        while self.takes(','):
            found.append(read())
        return tuple(found)

    def statement(self) -> Statement:
        opened = self.takes('(')
        # FROM is read first, since it says whose columns SELECT means.
        start = self.at
        while self.peek() != 'from':
            self.take()
        tables, joins, names = self.sources()
        end, self.at = self.at, start
        distinct, select = self.outputs(names)
        self.at = end
        where = self.condition(names) if self.takes('where') else ()
        group: tuple = ()
        if self.takes('group'):
            self.take('by')
            group = self.listed(lambda: self.column(names))
        having = self.condition(names) if self.takes('having') else ()
        order = None
        if self.takes('order'):
            self.take('by')
            direction = 'asc'

            def ordered() -> Term:
                nonlocal direction
                term = self.term(names)
                direction = self.take() if self.peek() in ('asc', 'desc') else direction
                return term

            order = (lambda terms: (direction, terms))(self.listed(ordered))
        limit = None
        if self.takes('limit'):
            limit = self.take()
            if not limit.isdigit():
                raise NotRead(f'LIMIT {limit}')
            limit = int(limit)
        while self.takes(';'):
            pass
        if opened:
            self.take(')')
        operation = (self.take(), self.statement()) if self.peek() in OPERATIONS else None
        return Statement(distinct, select, tables, joins, where, group, having, order, limit, operation)


def read(sql: str, schema: dict[str, list[str]]) -> Statement:
    return Reader(sql, schema).statement()


def without_values(tests: tuple) -> tuple:
    """Conditions without what is compared with; queries stay, without their values."""

    def blank(value):
        return bare(value) if isinstance(value, Statement) else None

    return tuple(
        part._replace(low=blank(part.low), high=blank(part.high)) if isinstance(part, Test) else part for part in tests
    )


def bare(statement: Statement) -> Statement:
    """Without values, but for those of queries in FROM."""
    joins, where, having = map(without_values, (statement.joins, statement.where, statement.having))
    operation = statement.operation and (statement.operation[0], bare(statement.operation[1]))
    return statement._replace(joins=joins, where=where, having=having, operation=operation)


class Unified:
    """Columns that foreign keys tie become one, and DISTINCT goes; both in no query inside another."""

    def __init__(self, statement: Statement, tied: dict[str, str]):
        # The sides of a set operation are seen from the tables of the first.
        self.tables = {unit for kind, unit in statement.tables if kind == 'table'}
        self.tied = tied

    def column(self, column: Column | None) -> Column | None:
        if column is None:
            return None
        known = column.name.split('.')[0] in self.tables
        return Column(column.aggregate, self.tied.get(column.name, column.name) if known else column.name, False)

    def term(self, term: Term) -> Term:
        return Term(term.sign, self.column(term.left), self.column(term.right))

    def tests(self, tests: tuple) -> tuple:
        return tuple(part._replace(term=self.term(part.term)) if isinstance(part, Test) else part for part in tests)

    def statement(self, one: Statement) -> Statement:
        return one._replace(
            distinct=False,
            select=tuple((aggregate, self.term(term)) for aggregate, term in one.select),
            joins=self.tests(one.joins),
            where=self.tests(one.where),
            group=tuple(map(self.column, one.group)),
            having=self.tests(one.having),
            order=one.order and (one.order[0], tuple(map(self.term, one.order[1]))),
            operation=one.operation and (one.operation[0], self.statement(one.operation[1])),
        )


def keywords_of(one: Statement) -> set[str]:
    tests = [*one.joins[::2], *one.where[::2], *one.having[::2]]
    found = {
        'where': one.where,
        'group': one.group,
        'having': one.having,
        'order': one.order,
        'limit': one.limit is not None,
        'or': 'or' in [*one.joins[1::2], *one.where[1::2], *one.having[1::2]],
        'not': any(test.negated for test in tests),
        'in': any(test.test == 'in' for test in tests),
        'like': any(test.test == 'like' for test in tests),
    }
    return {name for name, there in found.items() if there}


def differences(gold: Statement, answer: Statement) -> list[str]:
    """The parts in which two statements are not the same; none: they match."""
    sides = (gold, answer)

    def differ(part) -> bool:
        first, second = map(part, sides)
        return first != second

    found = {
        'select': differ(lambda one: Counter(one.select)),
        'where': differ(lambda one: Counter(one.where[::2])),
        'and/or': differ(lambda one: set(one.where[1::2])),
        'group': differ(lambda one: [column.name for column in one.group]),
        'having': bool(gold.group) and differ(lambda one: one.having),
        'order': differ(lambda one: one.order) or (bool(gold.order) and differ(lambda one: one.limit is None)),
        'keywords': differ(keywords_of),
        'tables': differ(lambda one: Counter(one.tables)),
        'operation': differ(lambda one: one.operation and one.operation[0])
        or bool(gold.operation and differences(gold.operation[1], answer.operation[1])),
    }
    return [name for name, apart in found.items() if apart]


class Database:
    """Tables and foreign keys as Spider's tables.json gives them."""

    def __init__(self, entry: dict):
        self.table_names = [name.lower() for name in entry['table_names_original']]
        self.columns = [
            '*' if table < 0 else f'{self.table_names[table]}.{name.lower()}'
            for table, name in entry['column_names_original']
        ]
        self.schema = {
            table: [name.lower() for at, name in entry['column_names_original'] if at == number]
            for number, table in enumerate(self.table_names)
        }
        groups: list[set[int]] = []
        for ends in entry['foreign_keys']:
            group = next((group for group in groups if group & set(ends)), None)
            if group is None:
                groups.append(group := set())
            group |= set(ends)
        self.tied = {self.columns[column]: self.columns[min(group)] for group in groups for column in group}


def parts_of(sql: str, database: Database) -> Statement:
    """The statement as it is compared."""
    statement = read(sql, database.schema)
    return Unified(statement, database.tied).statement(bare(statement))


def tree_of(one: Statement, database: Database) -> dict:
    """The statement as Spider writes its trees, to be compared with its own."""

    def column(unit: Column | None):
        return unit and [AGGREGATES.index(unit.aggregate), database.columns.index(unit.name), unit.distinct]

    def term(unit: Term):
        return [SIGNS.index(unit.sign), column(unit.left), column(unit.right)]

    def value(unit):
        if isinstance(unit, Statement):
            return tree_of(unit, database)
        return column(unit) if isinstance(unit, Column) else unit

    def tests(parts: tuple):
        return [
            [part.negated, TESTS.index(part.test), term(part.term), value(part.low), value(part.high)]
            if isinstance(part, Test)
            else part
            for part in parts
        ]

    return {
        'from': {
            'table_units': [
                ['table_unit', database.table_names.index(unit)] if kind == 'table' else ['sql', tree_of(unit, database)]
                for kind, unit in one.tables
            ],
            'conds': tests(one.joins),
        },
        'select': [one.distinct, [[AGGREGATES.index(name), term(unit)] for name, unit in one.select]],
        'where': tests(one.where),
        'groupBy': [column(unit) for unit in one.group],
        'having': tests(one.having),
        'orderBy': [one.order[0], [term(unit) for unit in one.order[1]]] if one.order else [],
        'limit': one.limit,
        **{name: None for name in OPERATIONS},
        **({one.operation[0]: tree_of(one.operation[1], database)} if one.operation else {}),
    }


def read_json(path: Path) -> list[dict]:
    text = path.read_text(encoding='utf-8')
    return json.loads(text) if text.lstrip().startswith('[') else [json.loads(line) for line in text.splitlines()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--gold', type=Path, required=True)
    parser.add_argument('--pred', type=Path, required=True, nargs='+')
    parser.add_argument('--tables', type=Path, required=True)
    parser.add_argument('--out', type=Path)
    args = parser.parse_args()
    databases = {entry['db_id']: Database(entry) for entry in read_json(args.tables)}
    questions = read_json(args.gold)

    @cache
    def parts(sql: str, database: str) -> Statement | str:
        try:
            return parts_of(sql, databases[database])
        except NotRead as error:
            return str(error)

    other_trees = [
        number
        for number, question in enumerate(questions)
        if 'sql' in question
        and tree_of(read(question['query'], databases[question['db_id']].schema), databases[question['db_id']])
        != question['sql']
    ]
    verdicts = []
    for file in args.pred:
        for number, (question, prediction) in enumerate(zip(questions, read_json(file), strict=True)):
            sides = [parts(sql, question['db_id']) for sql in (question['query'], prediction['pred'])]
            unread = [side for side in sides if isinstance(side, str)]
            apart = unread or differences(*sides)
            identity = str(question.get('id', number))
            verdicts.append(
                {'pred': str(file), 'id': identity, 'read': not unread, 'exact': not apart, 'apart': apart}
            )
    if args.out:
        args.out.write_text(''.join(json.dumps(verdict) + '\n' for verdict in verdicts))
    matched = Counter(verdict['pred'] for verdict in verdicts if verdict['exact'])
    unread = Counter(verdict['pred'] for verdict in verdicts if not verdict['read'])
    json.dump(
        {
            'questions': len(questions),
            'trees': sum('sql' in question for question in questions),
            'otherTrees': other_trees,
            'exact': {str(file): matched[str(file)] for file in args.pred},
            'notRead': {str(file): unread[str(file)] for file in args.pred},
        },
        sys.stdout,
    )
    print()


if __name__ == '__main__':
    main()
