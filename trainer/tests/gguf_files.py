"""A Hugging Face folder written as llama.cpp's converter writes it."""

from pathlib import Path

import torch
from gguf import GGUFWriter, TokenType
from safetensors.torch import load_file

from trainer.files import read_json

NAMES = {
    'self_attn.q_proj': 'attn_q',
    'self_attn.k_proj': 'attn_k',
    'self_attn.v_proj': 'attn_v',
    'self_attn.o_proj': 'attn_output',
    'mlp.gate_proj': 'ffn_gate',
    'mlp.up_proj': 'ffn_up',
    'mlp.down_proj': 'ffn_down',
    'input_layernorm': 'attn_norm',
    'post_attention_layernorm': 'ffn_norm',
    'model.embed_tokens': 'token_embd',
    'model.norm': 'output_norm',
}


def permute(weight: torch.Tensor, heads: int) -> torch.Tensor:
    """llama.cpp's convert_hf_to_gguf.py, LlamaModel.permute."""
    return weight.reshape(heads, 2, weight.shape[0] // heads // 2, -1).swapaxes(1, 2).reshape(weight.shape)


def write_gguf(folder: Path, file: Path) -> None:
    """The Llama of `folder`, whose tokenizer is a byte-level BPE, as one GGUF file in float32."""
    config, tokenizer = read_json(folder / 'config.json'), read_json(folder / 'tokenizer.json')
    writer = GGUFWriter(file, 'llama')
    writer.add_embedding_length(config['hidden_size'])
    writer.add_feed_forward_length(config['intermediate_size'])
    writer.add_block_count(config['num_hidden_layers'])
    writer.add_context_length(config['max_position_embeddings'])
    writer.add_head_count(config['num_attention_heads'])
    writer.add_head_count_kv(config['num_key_value_heads'])
    writer.add_layer_norm_rms_eps(config['rms_norm_eps'])
    writer.add_rope_freq_base(config['rope_theta'])
    tokens = sorted(tokenizer['model']['vocab'], key=tokenizer['model']['vocab'].get)
    special = {token['content'] for token in tokenizer['added_tokens']}
    writer.add_tokenizer_model('gpt2')
    writer.add_token_list(tokens)
    writer.add_token_types([TokenType.CONTROL if token in special else TokenType.NORMAL for token in tokens])
    writer.add_token_merges([' '.join(merge) for merge in tokenizer['model']['merges']])
    writer.add_eos_token_id(config['eos_token_id'])
    writer.add_pad_token_id(0)
    for name, tensor in load_file(folder / 'model.safetensors').items():
        layer = name.split('.')[2] if name.startswith('model.layers.') else None
        part = name.removesuffix('.weight').removeprefix(f'model.layers.{layer}.')
        if part.endswith(('q_proj', 'k_proj')):
            tensor = permute(
                tensor, config['num_attention_heads' if part.endswith('q_proj') else 'num_key_value_heads']
            )
        target = f'blk.{layer}.{NAMES[part]}' if layer else NAMES[part]
        writer.add_tensor(f'{target}.weight', tensor.numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
