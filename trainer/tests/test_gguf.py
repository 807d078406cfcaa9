"""A GGUF file, written as llama.cpp's converter writes it, comes back as the model it was made from."""

import pytest
import torch
from gguf import GGUFWriter, TokenType
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM

from trainer.bases.gguf import convert_gguf
from trainer.errors import BadSpec
from trainer.files import read_json
from trainer.tokenizer import load_tokenizer

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


@pytest.fixture
def gguf_file(base, tmp_path):
    config, tokenizer = read_json(base / 'config.json'), read_json(base / 'tokenizer.json')
    writer = GGUFWriter(tmp_path / 'model.gguf', 'llama')
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
    writer.add_eos_token_id(1)
    writer.add_pad_token_id(0)
    for name, tensor in load_file(base / 'model.safetensors').items():
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
    return tmp_path / 'model.gguf'


def test_the_model_and_its_tokenizer_come_back(gguf_file, base, tmp_path):
    convert_gguf(gguf_file, tmp_path / 'folder')
    ids = load_tokenizer(base).encode('<c0>SELECT 12 FROM singer').ids
    assert load_tokenizer(tmp_path / 'folder').encode('<c0>SELECT 12 FROM singer').ids == ids
    models = [AutoModelForCausalLM.from_pretrained(folder) for folder in (base, tmp_path / 'folder')]
    with torch.no_grad():
        first, second = (model(torch.tensor([ids])).logits for model in models)
    torch.testing.assert_close(first, second)


def test_another_family_is_refused(tmp_path):
    writer = GGUFWriter(tmp_path / 'other.gguf', 'qwen2')
    writer.add_block_count(1)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    with pytest.raises(BadSpec, match='holds a qwen2 model'):
        convert_gguf(tmp_path / 'other.gguf', tmp_path / 'folder')
