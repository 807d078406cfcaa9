"""The tokenizer: trained for a model from scratch, or taken from its base, and saved so that Node reads it too."""

from collections.abc import Iterable
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

from trainer.errors import BadSpec
from trainer.files import read_json, write_json

PAD, EOS = '<pad>', '</s>'


def train_tokenizer(texts: Iterable[str], vocabulary: int, special_tokens: list[str]) -> Tokenizer:
    """A byte-level BPE of at most `vocabulary` tokens; every digit and every special token is one token.

    Digits are split so that a number in a question and the same number in its SQL are the same tokens.
    Only pieces that the npm package `@huggingface/tokenizers` implements alike are used.
    """
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    reserved = [PAD, EOS, *(token for token in special_tokens if token not in (PAD, EOS))]
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    if vocabulary < len(alphabet) + len(reserved):
        raise BadSpec(
            f'recipe.architecture.vocabulary is {vocabulary}, too few for the 256 bytes and {len(reserved)} others.',
            f'Set recipe.architecture.vocabulary to at least {len(alphabet) + len(reserved)}; 2048 is usual.',
        )
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[AddedToken(token, special=True, normalized=False) for token in reserved],
        initial_alphabet=alphabet,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a Hugging Face folder."""
    file = folder / 'tokenizer.json' if folder.is_dir() else folder
    if not file.exists():
        raise BadSpec(f'{folder} holds no tokenizer.json.', 'Give a folder in the Hugging Face layout.')
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def add_special_tokens(tokenizer: Tokenizer, special_tokens: list[str]) -> None:
    """Make each text one token. Texts the tokenizer already has as one token keep their id."""
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in special_tokens])
    for token in special_tokens:
        if len(tokenizer.encode(token, add_special_tokens=False).ids) != 1:
            raise BadSpec(
                f'The special token {token!r} is not one token for this tokenizer.',
                'Choose another text for it in specialTokens.',
            )


def eos_id(tokenizer: Tokenizer, folder: Path | None) -> int:
    """The id that ends an answer: what the base's files say, else this trainer's own `</s>`."""
    if folder is not None and folder.is_dir():
        for name in ('generation_config.json', 'config.json'):
            value = read_json(folder / name).get('eos_token_id') if (folder / name).exists() else None
            if value is not None:
                return value[0] if isinstance(value, list) else value
    value = tokenizer.token_to_id(EOS)
    if value is None:
        raise BadSpec('The base does not say which token ends a text.', 'Add eos_token_id to its config.json.')
    return value


def save_tokenizer(tokenizer: Tokenizer, folder: Path, source: Path | None, eos: int) -> None:
    """Write tokenizer.json and tokenizer_config.json; keep what the base's own configuration says."""
    tokenizer.save(str(folder / 'tokenizer.json'))
    inherited = source / 'tokenizer_config.json' if source is not None and source.is_dir() else None
    config = read_json(inherited) if inherited is not None and inherited.exists() else {}
    config.pop('added_tokens_decoder', None)
    end = tokenizer.id_to_token(eos)
    config = {
        'clean_up_tokenization_spaces': False,
        'model_max_length': 1_000_000,
        'eos_token': end,
        'pad_token': PAD if tokenizer.token_to_id(PAD) is not None else end,
        **config,
        'tokenizer_class': 'PreTrainedTokenizerFast',
    }
    write_json(folder / 'tokenizer_config.json', config)
    template = source / 'chat_template.jinja' if source is not None and source.is_dir() else None
    if template is not None and template.exists():
        (folder / 'chat_template.jinja').write_text(template.read_text(encoding='utf-8'), encoding='utf-8')
