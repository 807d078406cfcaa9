"""A GGUF file with the Llama layout, dequantised into a Hugging Face folder.

GGUF is the format of llama.cpp (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md). Its converter permutes the
rows of the query and key projections for interleaved rotary embeddings; `_unpermute` undoes that.
"""

import re
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from trainer.errors import BadSpec, MissingDependency
from trainer.files import whole_directory, write_json

_TOP = {'token_embd': 'model.embed_tokens', 'output_norm': 'model.norm', 'output': 'lm_head'}
_LAYER = {
    'attn_q': 'self_attn.q_proj',
    'attn_k': 'self_attn.k_proj',
    'attn_v': 'self_attn.v_proj',
    'attn_output': 'self_attn.o_proj',
    'ffn_gate': 'mlp.gate_proj',
    'ffn_up': 'mlp.up_proj',
    'ffn_down': 'mlp.down_proj',
    'attn_norm': 'input_layernorm',
    'ffn_norm': 'post_attention_layernorm',
}
_CONTROL_TOKEN = 3


def convert_gguf(source: Path, folder: Path) -> None:
    """Write config.json, model.safetensors (float32) and the tokenizer of a GGUF file to `folder`.

    Raises BadSpec when the file is not a Llama with a byte-level BPE.
    """
    try:
        from gguf import GGUFReader
    except ModuleNotFoundError as error:
        raise MissingDependency('The Python package gguf is not installed.', 'Run `npm run setup`.') from error
    reader = GGUFReader(source)
    family = _field(reader, 'general.architecture')
    if family != 'llama':
        raise BadSpec(
            f'{source.name} holds a {family} model, not a llama.', 'Give base a GGUF file with the Llama layout.'
        )
    if _field(reader, 'tokenizer.ggml.model') != 'gpt2':
        raise BadSpec(f'{source.name} has no byte-level BPE tokenizer.', 'Give base a Hugging Face folder instead.')
    weights = _weights(reader)
    with whole_directory(folder) as partial:
        save_file(weights, partial / 'model.safetensors', metadata={'format': 'pt'})
        write_json(partial / 'config.json', _config(reader, weights))
        ends = {name: _token(reader, name) for name in ('bos', 'eos', 'pad')}
        ids = {f'{name}_token_id': index for name, (index, _) in ends.items() if index is not None}
        write_json(partial / 'generation_config.json', ids)
        _tokenizer(reader).save(str(partial / 'tokenizer.json'))
        texts = {f'{name}_token': text for name, (_, text) in ends.items() if text is not None}
        write_json(
            partial / 'tokenizer_config.json',
            {
                'tokenizer_class': 'PreTrainedTokenizerFast',
                'clean_up_tokenization_spaces': False,
                'model_max_length': _field(reader, 'llama.context_length'),
                'chat_template': _field(reader, 'tokenizer.chat_template'),
                **texts,
            },
        )


def _field(reader: Any, name: str, default: Any = None) -> Any:
    field = reader.fields.get(name)
    return default if field is None else field.contents()


def _token(reader: Any, name: str) -> tuple[int | None, str | None]:
    key = {'bos': 'bos', 'eos': 'eos', 'pad': 'padding'}[name]
    index = _field(reader, f'tokenizer.ggml.{key}_token_id')
    return (None, None) if index is None else (index, _field(reader, 'tokenizer.ggml.tokens')[index])


def _weights(reader: Any) -> dict[str, np.ndarray]:
    from gguf import dequantize

    heads = _field(reader, 'llama.attention.head_count')
    rows_of = {'attn_q': heads, 'attn_k': _field(reader, 'llama.attention.head_count_kv', heads)}
    weights = {}
    for tensor in reader.tensors:
        shape = tuple(int(size) for size in reversed(tensor.shape))
        weight = dequantize(tensor.data, tensor.tensor_type).astype(np.float32).reshape(shape)
        part = re.fullmatch(r'blk\.(\d+)\.(\w+)\.weight', tensor.name)
        top = _TOP.get(tensor.name.removesuffix('.weight'))
        if part and part[2] in _LAYER:
            if part[2] in rows_of:
                weight = _unpermute(weight, rows_of[part[2]])
            weights[f'model.layers.{part[1]}.{_LAYER[part[2]]}.weight'] = np.ascontiguousarray(weight)
        elif top:
            weights[f'{top}.weight'] = np.ascontiguousarray(weight)
        elif tensor.name != 'rope_freqs.weight':
            raise BadSpec(f'The tensor {tensor.name} has no place in a Llama.', 'Give base another GGUF file.')
    return weights


def _unpermute(weight: np.ndarray, heads: int) -> np.ndarray:
    """Rows [heads, half, 2] back to [heads, 2, half]: from interleaved to halved rotary pairs."""
    half = weight.shape[0] // heads // 2
    return weight.reshape(heads, half, 2, *weight.shape[1:]).swapaxes(1, 2).reshape(weight.shape)


def _config(reader: Any, weights: dict[str, np.ndarray]) -> dict[str, Any]:
    heads = _field(reader, 'llama.attention.head_count')
    theta = float(_field(reader, 'llama.rope.freq_base', 10000.0))
    return {
        'architectures': ['LlamaForCausalLM'],
        'model_type': 'llama',
        'attention_bias': False,
        'mlp_bias': False,
        'hidden_act': 'silu',
        'hidden_size': _field(reader, 'llama.embedding_length'),
        'intermediate_size': _field(reader, 'llama.feed_forward_length'),
        'num_hidden_layers': _field(reader, 'llama.block_count'),
        'num_attention_heads': heads,
        'num_key_value_heads': _field(reader, 'llama.attention.head_count_kv', heads),
        'rms_norm_eps': float(_field(reader, 'llama.attention.layer_norm_rms_epsilon', 1e-5)),
        'rope_theta': theta,
        'rope_parameters': {'rope_type': 'default', 'rope_theta': theta},
        'max_position_embeddings': _field(reader, 'llama.context_length'),
        'tie_word_embeddings': 'lm_head.weight' not in weights,
        'vocab_size': weights['model.embed_tokens.weight'].shape[0],
        'bos_token_id': _token(reader, 'bos')[0],
        'eos_token_id': _token(reader, 'eos')[0],
        'pad_token_id': _token(reader, 'pad')[0],
        'torch_dtype': 'float32',
    }


def _tokenizer(reader: Any) -> Tokenizer:
    tokens = _field(reader, 'tokenizer.ggml.tokens')
    merges = [tuple(merge.split(' ')) for merge in _field(reader, 'tokenizer.ggml.merges')]
    kinds = _field(reader, 'tokenizer.ggml.token_type')
    vocabulary = {token: index for index, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    control = [token for token, kind in zip(tokens, kinds, strict=True) if kind == _CONTROL_TOKEN]
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in control])
    return tokenizer
