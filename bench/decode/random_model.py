"""A small Llama with random weights, seeded, for `decode.ts`: python bench/decode/random_model.py <folder>."""

import sys

import torch
from transformers import LlamaConfig, LlamaForCausalLM

torch.manual_seed(0)
config = LlamaConfig(
    hidden_size=256,
    intermediate_size=704,
    num_hidden_layers=4,
    num_attention_heads=8,
    num_key_value_heads=4,
    vocab_size=2048,
    max_position_embeddings=512,
    tie_word_embeddings=True,
    eos_token_id=0,
    # Steeper than usual, so that the choice of tokens is clear and differs from text to text.
    initializer_range=0.2,
)
LlamaForCausalLM(config).save_pretrained(sys.argv[1])
