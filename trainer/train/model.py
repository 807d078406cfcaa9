"""The model that a spec asks for, and which of its parameters learn."""

import re
from pathlib import Path

from tokenizers import Tokenizer
from torch import nn
from transformers import PreTrainedModel

from trainer.bases.folder import is_mixture, load_model, widen_vocabulary
from trainer.bases.scratch import build_llama, read_architecture
from trainer.errors import BadSpec, MissingDependency
from trainer.tokenizer import PAD
from trainer.train.recipe import Recipe, TrainSpec

_LORA_TARGETS = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj']
_ATTENTION_TARGETS = ['q_proj', 'k_proj', 'v_proj', 'o_proj']
_TRAINABLE = {
    'router': re.compile(r'mlp\.gate\.weight$'),
    'router+attention': re.compile(r'mlp\.gate\.weight$|self_attn\.|input_layernorm'),
}


def build_model(spec: TrainSpec, base: Path | None, tokenizer: Tokenizer, eos: int) -> PreTrainedModel:
    """The base with its vocabulary widened for new special tokens, or a Llama with random weights."""
    if base is not None:
        model = load_model(base)
        widen_vocabulary(model, tokenizer.get_vocab_size())
        return model
    pad = tokenizer.token_to_id(PAD)
    architecture = read_architecture(spec.architecture)
    return build_llama(architecture, tokenizer.get_vocab_size(), eos if pad is None else pad, eos, spec.recipe.seed)


def choose_parameters(model: PreTrainedModel, recipe: Recipe) -> PreTrainedModel:
    """Freeze what the recipe does not train; for `lora`, put adapters on every linear layer instead.

    The adapters of a mixture go on its attention, since transformers keeps the experts in one tensor.
    """
    if recipe.trainable != 'all' and not is_mixture(model):
        raise BadSpec(
            f'recipe.trainable is {recipe.trainable}, but the base is no mixture and has no router.',
            'Set recipe.trainable to all, or base to a mixture.',
        )
    if recipe.method == 'lora':
        return _with_adapters(model, recipe)
    if recipe.trainable != 'all':
        for name, parameter in model.named_parameters():
            parameter.requires_grad_(bool(_TRAINABLE[recipe.trainable].search(name)))
    return model


def _with_adapters(model: PreTrainedModel, recipe: Recipe) -> PreTrainedModel:
    try:
        from peft import LoraConfig, get_peft_model
    except ModuleNotFoundError as error:
        raise MissingDependency('The Python package peft is not installed.', 'Run `npm run setup`.') from error
    config = LoraConfig(
        r=recipe.lora_rank,
        lora_alpha=recipe.lora_alpha,
        lora_dropout=recipe.lora_dropout,
        target_modules=_ATTENTION_TARGETS if is_mixture(model) else _LORA_TARGETS,
    )
    return get_peft_model(model, config)


def inner_model(model: nn.Module) -> PreTrainedModel:
    """The transformers model, without the adapters' wrapper; its modules still hold the adapters."""
    return model.get_base_model() if hasattr(model, 'get_base_model') else model


def merged_model(model: nn.Module) -> PreTrainedModel:
    """The model with its adapters added to the weights."""
    return model.merge_and_unload() if hasattr(model, 'merge_and_unload') else model
