"""Tokens a second in training, against the same model and rows in a plain loop of transformers' Trainer.

    .dialectic/python/bin/python bench/train/speed.py [--rows 384] [--repeats 3] [--batch 8]

A Llama of 3 million parameters from random weights; prompts of several questions over the same schemas, as a dataset
has them, of uneven lengths. Both see every row once, in batches of the same number of rows, in float32 with AdamW, with
the loss on the answers alone. Repeats alternate; the ratio is of the medians. Counted for both are the
tokens that the rows have: padding is none, and a beginning that rows share counts for each of them.
"""

import argparse
import io
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault('OMP_WAIT_POLICY', 'PASSIVE')
sys.path.insert(0, str(Path(__file__).parents[2]))

import torch
from transformers import AutoModelForCausalLM, Trainer, TrainingArguments

from trainer.device import settle_threads
from trainer.events import Events
from trainer.fields import Fields
from trainer.tokenizer import load_tokenizer
from trainer.train.rows import encode_rows
from trainer.train.run import run

TABLES = ('customers', 'orders', 'products', 'stores', 'payments', 'shipments', 'employees', 'reviews')
COLUMNS = ('id', 'name', 'city', 'price', 'status', 'created_at', 'quantity', 'country', 'rating', 'discount')


def make_rows(count: int) -> list[dict]:
    pick = random.Random(7)
    schemas = []
    for _ in range(max(1, count // 48)):
        tables = pick.sample(TABLES, pick.randint(2, 5))
        schemas.append({table: pick.sample(COLUMNS, pick.randint(3, 8)) for table in tables})
    rows = []
    for _ in range(count):
        schema = pick.choice(schemas)
        table = pick.choice(list(schema))
        columns = pick.sample(schema[table], pick.randint(1, 3))
        told = ' ; '.join(f'{name} ( {" , ".join(names)} )' for name, names in schema.items())
        question = f'show {" and ".join(columns)} of all {table} with {columns[0]} above {pick.randint(1, 999)}'
        sql = f'SELECT {", ".join(columns)} FROM {table} WHERE {columns[0]} > {pick.randint(1, 999)}'
        rows.append({'prompt': f'sqlite | {told} | {question} |', 'completion': sql})
    return rows


def ours(base: Path, data: Path, out: Path, batch: int, **recipe) -> float:
    spec = {
        'recipe': {'epochs': 1, 'batchSize': batch, 'learningRate': 1e-3, 'checkpointEverySteps': 10**9, **recipe},
        'base': str(base),
        'train': str(data),
    }
    return run(Fields(spec, ''), out, Events(io.StringIO()))['tokensPerSecond']


def plain(base: Path, rows: list, pad: int, out: Path, batch: int) -> float:
    """Padded to the longest row of the batch, labels -100 on prompts and padding, as the library's examples do it."""
    features = [
        {'ids': [*row.prompt, *row.answer], 'labels': [-100] * len(row.prompt) + list(row.answer)} for row in rows
    ]

    def collate(picked: list[dict]) -> dict[str, torch.Tensor]:
        longest = max(len(feature['ids']) for feature in picked)
        padded = {'input_ids': [], 'labels': [], 'attention_mask': []}
        for feature in picked:
            rest = longest - len(feature['ids'])
            padded['input_ids'].append(feature['ids'] + [pad] * rest)
            padded['labels'].append(feature['labels'] + [-100] * rest)
            padded['attention_mask'].append([1] * len(feature['ids']) + [0] * rest)
        return {name: torch.tensor(values) for name, values in padded.items()}

    arguments = TrainingArguments(
        output_dir=str(out),
        num_train_epochs=1,
        per_device_train_batch_size=batch,
        learning_rate=1e-3,
        lr_scheduler_type='cosine',
        optim='adamw_torch_fused',
        save_strategy='no',
        report_to=[],
        logging_steps=10**9,
        remove_unused_columns=False,
        disable_tqdm=True,
        use_cpu=not torch.cuda.is_available(),
    )
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    trainer = Trainer(model=model, args=arguments, train_dataset=features, data_collator=collate)
    begun = time.monotonic()
    trainer.train()
    return sum(row.length for row in rows) / (time.monotonic() - begun)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--rows', type=int, default=384)
    parser.add_argument('--repeats', type=int, default=3)
    parser.add_argument('--batch', type=int, default=8)
    options = parser.parse_args()
    settle_threads()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / 'rows.jsonl'
        data.write_text(''.join(json.dumps(row) + '\n' for row in make_rows(options.rows)))
        first = {'recipe': {'steps': 1, 'batchSize': 2}, 'train': str(data)}
        run(Fields(first, ''), folder / 'first', Events(io.StringIO()))
        base = folder / 'first' / 'model'
        tokenizer = load_tokenizer(base)
        texts = [json.loads(line) for line in data.read_text().splitlines()]
        rows, _ = encode_rows(texts, tokenizer, 1, 512, [])
        arms = {
            'Dialectic': lambda: ours(base, data, folder / 'ours', options.batch),
            'Dialectic, no shared beginnings': lambda: ours(
                base, data, folder / 'ours', options.batch, rowsPerPrefix=1
            ),
            'Dialectic, packed to 512': lambda: ours(base, data, folder / 'ours', options.batch, packTo=512),
            'transformers Trainer': lambda: plain(base, rows, 0, folder / 'plain', options.batch),
        }
        speeds: dict[str, list[float]] = {arm: [] for arm in arms}
        for _ in range(options.repeats):
            for arm, train in arms.items():
                speeds[arm].append(train())
    tokens = sum(row.length for row in rows)
    print(f'{len(rows)} rows, {tokens} tokens, batches of {options.batch}, {torch.get_num_threads()} thread(s)')
    medians = {arm: statistics.median(values) for arm, values in speeds.items()}
    for arm, values in speeds.items():
        each = ', '.join(f'{value:.0f}' for value in values)
        print(f'{arm}: {medians[arm]:.0f} tokens a second (median of {each})')
    reference = medians['transformers Trainer']
    for arm, median in medians.items():
        if median is not reference:
            print(f'{arm} / transformers Trainer = {median / reference:.2f}')


if __name__ == '__main__':
    main()
