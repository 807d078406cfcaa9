"""Spider's and BIRD's execution accuracy, straightforwardly: an independent reference for what Dialectic says.

    python3 bench/eval/reference.py --gold dev.json --pred pred.jsonl … --databases database/ [--variants testsuite/]
        [--semantics spider|bird] [--keep-distinct] [--timeout 5] [--workers 2] [--out verdicts.jsonl]

One connection a statement, fetchall, compare. Written from what the two evaluations are published to do (Zhong et al.
2020, Li et al. 2023) with nothing but Python's standard library. A time limit stops each statement. Prints one JSON
document; `--out` takes a line for every prediction: {"pred", "id", "correct", "executions"}.
"""

import argparse
import json
import os
import re
import sqlite3
import sys
import time
from collections import Counter
from itertools import permutations
from multiprocessing import Pool
from pathlib import Path

STEPS_PER_CHECK = 20_000


def execute(path: str, sql: str, seconds: float):
    """The rows of a statement, or None where it fails or outlives its time."""
    connection = sqlite3.connect(path)
    connection.text_factory = lambda raw: raw.decode(errors='ignore')
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, STEPS_PER_CHECK)
    try:
        return connection.execute(sql).fetchall()
    except (sqlite3.Error, sqlite3.Warning, OverflowError, ValueError):
        return None
    finally:
        connection.close()


def spider_text(sql: str, keep_distinct: bool) -> str:
    """Mends operators that tokenising tore apart, gives MySQL's current year as 2020, and takes DISTINCT out."""
    for torn, whole in (('> =', '>='), ('< =', '<='), ('! =', '!=')):
        sql = sql.replace(torn, whole)
    sql = re.sub(r'YEAR\s*\(\s*CURDATE\s*\(\s*\)\s*\)\s*', '2020', sql, flags=re.IGNORECASE)
    if keep_distinct:
        return sql
    pieces = re.findall(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\w+|\s+|.", sql, flags=re.DOTALL)
    return ''.join(piece for piece in pieces if piece.lower() != 'distinct')


def spider_same(gold: list[tuple], predicted: list[tuple], ordered: bool) -> bool:
    """Whether some order of the predicted columns gives the gold's rows: as a list where ordered, else as a bag."""
    if not gold and not predicted:
        return True
    if len(gold) != len(predicted) or len(gold[0]) != len(predicted[0]):
        return False
    # First without regard to columns: rows with their values sorted by text and type. This tells 1 from 1.0, unlike
    # what follows.
    plain = [
        [tuple(sorted(row, key=lambda value: f'{value}{type(value)}')) for row in rows] for rows in (gold, predicted)
    ]
    if plain[0] != plain[1] if ordered else set(plain[0]) != set(plain[1]):
        return False
    width = len(gold[0])
    columns = (
        [set(column) for column in zip(*gold, strict=True)],
        [set(column) for column in zip(*predicted, strict=True)],
    )
    bag = Counter(gold)
    for order in permutations(range(width)):
        # A column can stand for another only if it holds the same values.
        if any(columns[1][source] != columns[0][place] for place, source in enumerate(order)):
            continue
        rows = [tuple(row[source] for source in order) for row in predicted]
        if rows == gold if ordered else Counter(rows) == bag:
            return True
    return False


def judge(task) -> list[tuple]:
    """One prediction on its databases, one after another until it fails."""
    name, identity, gold, predicted, paths, semantics, keep_distinct, seconds = task
    if semantics == 'spider':
        gold, predicted = spider_text(gold, keep_distinct), spider_text(predicted, keep_distinct)
    ordered = 'order by' in gold.lower()
    executions = 0
    for path in paths:
        expected, got = execute(path, gold, seconds), execute(path, predicted, seconds)
        executions += 2
        if expected is None or got is None:
            return name, identity, False, executions
        if not (set(expected) == set(got) if semantics == 'bird' else spider_same(expected, got, ordered)):
            return name, identity, False, executions
    return name, identity, True, executions


def read_json(path: Path) -> list[dict]:
    text = path.read_text(encoding='utf-8')
    return json.loads(text) if text.lstrip().startswith('[') else [json.loads(line) for line in text.splitlines()]


def field(record: dict, *names: str):
    return next(record[name] for name in names if name in record)


def tasks(args) -> list[tuple]:
    found = []
    questions = read_json(args.gold)
    for file in args.pred:
        for number, (question, prediction) in enumerate(zip(questions, read_json(file), strict=True)):
            database = field(question, 'db_id', 'database')
            path = args.databases / database / f'{database}.sqlite'
            if not path.exists():
                continue
            paths = [str(path)]
            if args.variants:
                paths += sorted(str(variant) for variant in (args.variants / database).glob('*.sqlite'))
            gold, predicted = (
                field(question, 'sql' if isinstance(question.get('sql'), str) else 'query'),
                field(prediction, 'pred', 'sql'),
            )
            identity = str(question.get('id', question.get('question_id', number)))
            found.append(
                (str(file), identity, gold, predicted, paths, args.semantics, args.keep_distinct, args.timeout)
            )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--gold', type=Path, required=True)
    parser.add_argument('--pred', type=Path, required=True, nargs='+')
    parser.add_argument('--databases', type=Path, required=True)
    parser.add_argument('--variants', type=Path)
    parser.add_argument('--semantics', choices=('spider', 'bird'), default='spider')
    parser.add_argument('--keep-distinct', action='store_true')
    parser.add_argument('--timeout', type=float, default=5)
    parser.add_argument('--workers', type=int, default=os.cpu_count())
    parser.add_argument('--out', type=Path)
    args = parser.parse_args()
    begun = time.monotonic()
    with Pool(args.workers) as pool:
        verdicts = pool.map(judge, tasks(args), chunksize=8)
    seconds = time.monotonic() - begun
    if args.out:
        keys = ('pred', 'id', 'correct', 'executions')
        args.out.write_text(''.join(json.dumps(dict(zip(keys, verdict, strict=True))) + '\n' for verdict in verdicts))
    correct = Counter(name for name, _, right, _ in verdicts if right)
    total = Counter(name for name, *_ in verdicts)
    json.dump(
        {
            'sqlite': sqlite3.sqlite_version,
            'correct': {name: [correct[name], total[name]] for name in total},
            'executions': sum(verdict[-1] for verdict in verdicts),
            'seconds': round(seconds, 2),
        },
        sys.stdout,
    )
    print()


if __name__ == '__main__':
    main()
