"""README.md of a model: what it is and how it came to be."""

from pathlib import Path


def write_model_card(
    folder: Path, title: str, sentences: list[str], facts: dict[str, object], pipeline: str = 'text-generation'
) -> None:
    """A model card with the front matter that model hubs read, a paragraph, and a table of facts."""
    rows = '\n'.join(f'| {name} | {value} |' for name, value in facts.items() if value is not None)
    text = f'---\nlibrary_name: transformers\npipeline_tag: {pipeline}\ntags: [text-to-sql]\n---\n\n# {title}\n\n'
    text += ' '.join(sentences) + f'\n\n| | |\n|---|---|\n{rows}\n'
    (folder / 'README.md').write_text(text, encoding='utf-8')
