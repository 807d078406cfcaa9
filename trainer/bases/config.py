"""config.json of a model in the Hugging Face layout. Reading it needs no transformers."""

from pathlib import Path

from trainer.errors import BadSpec
from trainer.files import read_json

LAYOUTS = ('llama', 'mixtral')
# A Llama whose query, key and value projections have a bias; the mixture layout has no place for one.
TRAINED_LAYOUTS = (*LAYOUTS, 'qwen2')


def read_config(folder: Path, layouts: tuple[str, ...] = LAYOUTS) -> dict:
    """config.json of a folder. Raises BadSpec when the layout is none of `layouts`."""
    file = folder / 'config.json'
    if not file.exists():
        raise BadSpec(f'{folder} holds no config.json.', 'Give a folder in the Hugging Face layout, or a .gguf file.')
    config = read_json(file)
    if config.get('model_type') not in layouts:
        raise BadSpec(
            f'{folder} holds a {config.get("model_type")} model.',
            f'Give a model with one of the layouts: {", ".join(layouts)}.',
        )
    if config.get('use_sliding_window'):
        raise BadSpec(
            f'{folder} attends within a sliding window.', 'Give a model that attends to everything before a token.'
        )
    return config
