"""Each recipe of examples/recipes on a tiny random model of its own architecture, with a tokenizer of its own kind."""

import shlex
import sys
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from gguf_files import write_gguf
from test_export import Decoder, answer_by_transformers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedModel,
    Qwen2Config,
    Qwen2ForCausalLM,
)

from conftest import ROOT, SPECIAL_TOKENS, make_rows, train
from trainer.events import Events
from trainer.export.run import run as export
from trainer.fields import Fields, read_spec
from trainer.files import read_json, write_json
from trainer.tokenizer import load_tokenizer
from trainer.train.rows import encode_rows

# The encoder-decoder is no base that experts start from; test_seq2seq.py reads its recipes.
RECIPES = sorted(path for path in (ROOT / 'examples' / 'recipes').glob('*.yaml') if not path.name.startswith('seq2seq'))
SIZES = {
    'hidden_size': 64,
    'intermediate_size': 128,
    'num_hidden_layers': 2,
    'num_attention_heads': 4,
    'max_position_embeddings': 512,
}


def texts() -> list[str]:
    return [row[key] for row in make_rows(60, seed=4) for key in ('prompt', 'completion')]


def code_llama(folder: Path) -> Path:
    """CodeLlama: heads without groups, rotary base 1e6, an own output matrix; BPE with byte fallback and <s> first."""
    tokenizer = Tokenizer(models.BPE(unk_token='<unk>', byte_fallback=True, fuse_unk=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend('▁'), normalizers.Replace(' ', '▁')])
    marks = ['<unk>', '<s>', '</s>', *(f'<0x{byte:02X}>' for byte in range(256))]
    tokenizer.train_from_iterator(
        texts(), trainers.BpeTrainer(vocab_size=500, special_tokens=marks, show_progress=False)
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single='<s> $A', pair='<s> $A <s> $B', special_tokens=[('<s>', 1)]
    )
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace('▁', ' '), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(' ', 1, 0)]
    )
    config = LlamaConfig(
        **SIZES,
        num_key_value_heads=4,
        rope_theta=1e6,
        tie_word_embeddings=False,
        vocab_size=tokenizer.get_vocab_size(),
        bos_token_id=1,
        eos_token_id=2,
    )
    return save(LlamaForCausalLM(config), tokenizer, folder)


def qwen_coder(folder: Path) -> Path:
    """Qwen2.5-Coder: grouped heads, biases on q, k and v; byte-level BPE behind a pattern, padded vocabulary."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    pattern = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+"
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(pattern), 'isolated'),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=500, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(texts(), trainer)
    tokenizer.add_special_tokens([AddedToken('<|endoftext|>', special=True), AddedToken('<|im_end|>', special=True)])
    end = tokenizer.token_to_id('<|endoftext|>')
    config = Qwen2Config(
        **SIZES,
        num_key_value_heads=2,
        rope_parameters={'rope_type': 'default', 'rope_theta': 1e6},
        tie_word_embeddings=False,
        use_sliding_window=False,
        vocab_size=tokenizer.get_vocab_size() + 50,
        bos_token_id=end,
        eos_token_id=end,
    )
    model = Qwen2ForCausalLM(config)
    for layer in model.model.layers:
        for part in (layer.self_attn.q_proj, layer.self_attn.k_proj, layer.self_attn.v_proj):
            torch.nn.init.normal_(part.bias, std=0.5)
    return save(model, tokenizer, folder)


def smol_lm(folder: Path) -> Path:
    """SmolLM2 as llama.cpp writes it: grouped heads, a tied output matrix, byte-level BPE, in one GGUF file."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=500,
        special_tokens=['<|endoftext|>', '<|im_end|>'],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts(), trainer)
    config = LlamaConfig(
        **SIZES,
        num_key_value_heads=2,
        rope_theta=1e5,
        tie_word_embeddings=True,
        vocab_size=tokenizer.get_vocab_size(),
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=0,
    )
    write_gguf(save(LlamaForCausalLM(config), tokenizer, folder), folder / 'model.gguf')
    return folder / 'model.gguf'


def save(model: PreTrainedModel, tokenizer: Tokenizer, folder: Path) -> Path:
    model.save_pretrained(folder)
    tokenizer.save(str(folder / 'tokenizer.json'))
    config = read_json(folder / 'config.json')
    write_json(folder / 'config.json', {**config, 'rope_theta': config['rope_parameters']['rope_theta']})
    return folder


TINY = {
    'tiny-scratch': None,
    'smollm2-135m-lora': smol_lm,
    'smollm2-135m-full': smol_lm,
    'codellama-7b-lora': code_llama,
    'qwen2.5-coder-7b-lora': qwen_coder,
    # Its launch is tested in test_team.py.
    'full-fsdp': qwen_coder,
}
# What a tiny model on a CPU cannot have of a recipe.
SHRUNK = {'steps': 12, 'batchSize': 8, 'device': 'auto', 'processes': 1, 'sharding': 'none', 'evaluateEverySteps': 6}


def test_every_recipe_is_tried():
    assert {file.stem for file in RECIPES} == TINY.keys()


@pytest.mark.parametrize('file', RECIPES, ids=lambda file: file.stem)
def test_the_header_of_a_recipe_is_a_command_that_names_it(file):
    lines = [line.removeprefix('#   ') for line in file.read_text().splitlines() if line.startswith('#   ')]
    words = shlex.split(lines[-1])
    assert words[:2] in (['dialectic', 'train'], ['accelerate', 'launch'])
    assert f'examples/recipes/{file.name}' in words
    assert {'--train', '--validation', '--out'} <= set(words)


@pytest.mark.parametrize('file', RECIPES, ids=lambda file: file.stem)
def test_a_recipe_trains_a_model_that_transformers_opens_with_the_same_numbers(file, rows, tmp_path):
    spec = read_spec(file).value
    recipe = {**spec['recipe'], **SHRUNK}
    recipe.pop('epochs')
    # A model this small learns next to nothing at the rate of a large one.
    recipe['learningRate'] = {'full': 5e-3, 'lora': 3e-2}[recipe['method']]
    if TINY[file.stem] is None:
        spec['architecture'] |= {'layers': 2, 'hidden': 64, 'feedForward': 128, 'vocabulary': 400}
    else:
        spec['base'] = str(TINY[file.stem](tmp_path / 'base'))
    data = {'train': str(rows['train']), 'validation': str(rows['validation']), 'specialTokens': SPECIAL_TOKENS}
    result = train({**spec, 'recipe': recipe, **data}, tmp_path / 'out')
    (_, halfway), (_, end) = result['validationCurve']
    assert end < halfway < result['lossCurve'][0][1]

    folder = tmp_path / 'out' / 'model'
    tokenizer = load_tokenizer(folder)
    assert AutoTokenizer.from_pretrained(folder)('SELECT 12').input_ids == tokenizer.encode('SELECT 12').ids
    model = AutoModelForCausalLM.from_pretrained(folder)
    assert loss_by_transformers(model, tokenizer) == pytest.approx(result['validationLoss'], abs=1e-4)


def test_a_qwen_exported_answers_as_transformers_does(tmp_path):
    folder = qwen_coder(tmp_path / 'base')
    export(Fields({'model': str(folder), 'format': 'onnx'}, ''), tmp_path, Events(sys.stderr))
    texts = [load_tokenizer(folder).encode(row['prompt']).ids for row in make_rows(3, seed=8)]
    decoder = Decoder(tmp_path / 'onnx')
    assert decoder.answer(texts) == answer_by_transformers(folder, texts, decoder.meta['eos'])


@torch.no_grad()
def loss_by_transformers(model: PreTrainedModel, tokenizer: Tokenizer) -> float:
    """Of the validation rows, each by itself through transformers' own forward."""
    end = model.config.eos_token_id
    rows, _ = encode_rows(make_rows(24, seed=1), tokenizer, end, 512, [])
    losses = []
    for row in rows:
        ids = torch.tensor([[*row.prompt, *row.answer]])
        logits = model(ids).logits[0, len(row.prompt) - 1 : -1]
        losses.append(F.cross_entropy(logits, ids[0, len(row.prompt) :], reduction='sum').item())
    return sum(losses) / sum(len(row.answer) for row in rows)
