"""The encoder-decoder of Vaswani et al. 2017, which is transformers' Marian: sinusoidal positions, norms after sums."""

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import GenerationConfig, MarianConfig, MarianMTModel

from trainer.seq2seq.spec import Architecture
from trainer.seq2seq.tokenizer import SOS
from trainer.tokenizer import EOS, PAD


def build_encoder_decoder(architecture: Architecture, tokenizer: Tokenizer, seed: int) -> MarianMTModel:
    """A Marian with random weights; the same seed gives the same weights."""
    torch.manual_seed(seed)
    pad, eos, sos = (tokenizer.token_to_id(token) for token in (PAD, EOS, SOS))
    config = MarianConfig(
        vocab_size=tokenizer.get_vocab_size(),
        d_model=architecture.hidden,
        encoder_layers=architecture.layers,
        decoder_layers=architecture.layers,
        encoder_attention_heads=architecture.heads,
        decoder_attention_heads=architecture.heads,
        encoder_ffn_dim=architecture.feed_forward,
        decoder_ffn_dim=architecture.feed_forward,
        max_position_embeddings=architecture.max_positions,
        activation_function='relu',
        dropout=architecture.dropout,
        scale_embedding=True,
        share_encoder_decoder_embeddings=architecture.tied,
        tie_word_embeddings=architecture.tied,
        pad_token_id=pad,
        eos_token_id=eos,
        decoder_start_token_id=sos,
        forced_eos_token_id=None,
    )
    model = MarianMTModel(config)
    model.generation_config = GenerationConfig(pad_token_id=pad, eos_token_id=eos, decoder_start_token_id=sos)
    _glorot(model)
    return model


def _glorot(model: nn.Module) -> None:
    """Glorot & Bengio 2010, as in the reference implementation of Vaswani et al.; sinusoids are not parameters."""
    for parameter in model.parameters():
        if parameter.requires_grad and parameter.ndim > 1:
            nn.init.xavier_uniform_(parameter)
