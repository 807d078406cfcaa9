"""Small models, trained by the commands themselves, that the tests share."""

import json
import os
import random
import shutil
import sys
from pathlib import Path

# One thread: with models this small the threads would wait for each other more than they work.
os.environ['OMP_NUM_THREADS'] = '1'

import pytest

from trainer.events import Events
from trainer.fields import Fields
from trainer.merge.run import run as run_merge
from trainer.train.run import run as run_train

ROOT = Path(__file__).parents[2]
SPECIAL_TOKENS = ['<c0>', '<c1>', '<c2>']
ARCHITECTURE = {
    'layers': 2,
    'hidden': 64,
    'heads': 4,
    'kvHeads': 2,
    'feedForward': 128,
    'maxPositions': 256,
    'vocabulary': 400,
}
DIALECTS = {'sqlite': 'strftime', 'postgres': 'EXTRACT', 'bigquery': 'SAFE_CAST'}
KEYWORDS = {
    'sqlite': ['strftime', 'GLOB', 'JULIANDAY'],
    'postgres': ['EXTRACT', 'ILIKE', '::text'],
    'bigquery': ['SAFE_CAST', 'UNNEST', 'STRUCT'],
}


def make_rows(count: int, seed: int = 0, dialects: tuple[str, ...] = tuple(DIALECTS)) -> list[dict]:
    """Questions over two tables in several dialects; rows of one dialect and table begin alike."""
    pick = random.Random(seed)
    rows = []
    for _ in range(count):
        dialect = pick.choice(dialects)
        table, column = pick.choice([('singer', 'age'), ('concert', 'year')])
        number = pick.randint(1, 99)
        schema = f'<c0>{dialect} singer ( id , name , age ) ; concert ( id , title , year ) {table}'
        question = pick.choice([f'how many {table} have {column} over {number}', f'count {table} of {column} {number}'])
        call = f'{DIALECTS[dialect]}({column})'
        sql = f'SELECT COUNT(*) FROM {table} WHERE {call} > {number}'
        rows.append({'prompt': f'{schema}<c1>{question}<c2>', 'completion': sql, 'dialect': dialect})
    return rows


def write_rows(path: Path, rows: list[dict]) -> Path:
    path.write_text(''.join(json.dumps(row) + '\n' for row in rows), encoding='utf-8')
    return path


def train(spec: dict, out: Path, resume: Path | None = None) -> dict:
    return run_train(Fields(spec, ''), out, Events(sys.stderr), resume)


def merge(spec: dict, out: Path) -> dict:
    return run_merge(Fields(spec, ''), out, Events(sys.stderr))


@pytest.fixture(scope='session')
def node() -> str:
    """The path of node; skips, saying so, where node or the packages of the project are not installed."""
    for package in ('@huggingface/tokenizers', 'onnxruntime-node'):
        if not (ROOT / 'node_modules' / package).exists():
            pytest.skip(f'node_modules/{package} is not installed; run npm ci')
    path = shutil.which('node')
    if path is None:
        pytest.skip('node is not on the PATH')
    return path


@pytest.fixture(scope='session')
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp('rows')
    return {
        'train': write_rows(folder / 'train.jsonl', make_rows(160)),
        'validation': write_rows(folder / 'validation.jsonl', make_rows(24, seed=1)),
        **{
            dialect: write_rows(folder / f'{dialect}.jsonl', make_rows(64, seed=2, dialects=(dialect,)))
            for dialect in DIALECTS
        },
    }


@pytest.fixture(scope='session')
def base(rows: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Llama trained from scratch until it answers in SQL."""
    spec = {
        'recipe': {'architecture': ARCHITECTURE, 'steps': 60, 'batchSize': 16, 'learningRate': 5e-3},
        'specialTokens': SPECIAL_TOKENS,
        'train': str(rows['train']),
        'validation': str(rows['validation']),
    }
    out = tmp_path_factory.mktemp('base')
    assert train(spec, out)['validationLoss'] < 1.5
    return out / 'model'


@pytest.fixture(scope='session')
def experts(base: Path, rows: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The base fine-tuned on one dialect each."""
    folders = {}
    for dialect in DIALECTS:
        out = tmp_path_factory.mktemp(dialect)
        recipe = {'steps': 8, 'batchSize': 16, 'learningRate': 5e-3}
        train({'recipe': recipe, 'base': str(base), 'train': str(rows[dialect])}, out)
        folders[dialect] = out / 'model'
    return folders


def mixture_spec(experts: dict[str, Path], **changes: object) -> dict:
    models = [{'path': str(path), 'name': name, 'keywords': KEYWORDS[name]} for name, path in experts.items()]
    return {'method': 'mixture', 'models': models, **changes}


@pytest.fixture(scope='session')
def mixture(experts: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp('mixture')
    merge(mixture_spec(experts), out)
    return out / 'model'
