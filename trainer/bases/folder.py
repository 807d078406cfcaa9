"""A model in the Hugging Face layout, Llama, Qwen2 or Mixtral: opened, widened, saved."""

from pathlib import Path

import torch
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedModel
from transformers.utils.logging import disable_progress_bar

from trainer.bases.config import TRAINED_LAYOUTS, read_config
from trainer.errors import BadSpec
from trainer.files import read_json, write_json


def load_model(folder: Path) -> PreTrainedModel:
    """The model in float32 on the CPU. Raises BadSpec when a tensor is missing or has no place."""
    read_config(folder, TRAINED_LAYOUTS)
    disable_progress_bar()
    model, report = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, config=AutoConfig.from_pretrained(folder), output_loading_info=True
    )
    strangers = sorted([*report['missing_keys'], *report['unexpected_keys']])
    if strangers:
        raise BadSpec(
            f'{folder} lacks or has too many tensors: {", ".join(strangers[:3])}.',
            'Give a folder that transformers opens without warnings.',
        )
    return model


def widen_vocabulary(model: PreTrainedModel, vocabulary: int) -> None:
    """Add rows for new tokens to the embeddings: the mean of the old rows, so that they start as an average token."""
    if model.get_input_embeddings().weight.shape[0] < vocabulary:
        model.resize_token_embeddings(vocabulary, mean_resizing=True)


def is_mixture(model: PreTrainedModel) -> bool:
    return model.config.model_type == 'mixtral'


def save_model(model: PreTrainedModel, folder: Path) -> None:
    """config.json, generation_config.json and safetensors, as transformers 4 and 5 and vLLM open them."""
    disable_progress_bar()
    model.config.use_cache = True
    model.save_pretrained(folder)
    config = read_json(folder / 'config.json')
    # Older readers know rotary settings by this name only, and would take their own default without it.
    config.setdefault('rope_theta', config['rope_parameters']['rope_theta'])
    config.setdefault('torch_dtype', config.get('dtype', 'float32'))
    write_json(folder / 'config.json', config)
