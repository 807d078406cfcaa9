"""The tokenizer of a model from scratch, in Python and in Node."""

import json
import subprocess

import pytest

from conftest import ROOT, make_rows
from trainer.errors import BadSpec
from trainer.tokenizer import load_tokenizer, train_tokenizer

TEXTS = [
    *(row['prompt'] + row['completion'] for row in make_rows(20, seed=4)),
    "WHERE x = 'it''s' AND \"quoted\" != `tick` -- comment\n\tLIMIT 10",
    'naïve Ünïcödé 日本語 🎉 ٣٤ 12345.678e-9',
    '<c0><c1> <c2>text<c0>',
    '   leading   and    many spaces   ',
    '</s><pad>',
]
SCRIPT = """
import fs from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
const [folder, texts] = process.argv.slice(1);
const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const tokenizer = new Tokenizer(read(`${folder}/tokenizer.json`), read(`${folder}/tokenizer_config.json`));
console.log(JSON.stringify(JSON.parse(texts).map((text) => tokenizer.encode(text).ids)));
"""


def test_node_gives_the_same_ids(base, node):
    arguments = [node, '--input-type=module', '-e', SCRIPT, str(base), json.dumps(TEXTS)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True, cwd=ROOT)
    assert json.loads(done.stdout) == [encoding.ids for encoding in load_tokenizer(base).encode_batch(TEXTS)]


def test_any_text_comes_back_from_its_ids(base):
    tokenizer = load_tokenizer(base)
    for text in TEXTS:
        assert tokenizer.decode(tokenizer.encode(text).ids, skip_special_tokens=False) == text


def test_a_vocabulary_too_small_for_the_bytes_is_refused():
    with pytest.raises(BadSpec, match='too few for the 256 bytes'):
        train_tokenizer(['text'], 100, [])
