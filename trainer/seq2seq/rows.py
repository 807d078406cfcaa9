"""Questions and masked statements as token ids."""

from tokenizers import Tokenizer

from trainer.errors import BadSpec
from trainer.tokenizer import EOS
from trainer.train.rows import Row


def encode_pairs(texts: list[dict], tokenizer: Tokenizer, longest: int) -> tuple[list[Row], int]:
    """Rows whose question and whose statement have at most `longest` tokens, and how many were left out.

    Both end with </s>; <sos> is put before a statement when a batch is made.
    """
    eos = tokenizer.token_to_id(EOS)
    prompts = tokenizer.encode_batch([text['prompt'] for text in texts], add_special_tokens=False)
    answers = tokenizer.encode_batch([text['completion'] for text in texts], add_special_tokens=False)
    rows = [Row((*prompt.ids, eos), (*answer.ids, eos)) for prompt, answer in zip(prompts, answers, strict=True)]
    fitting = [row for row in rows if len(row.prompt) <= longest and len(row.answer) <= longest]
    return fitting, len(rows) - len(fitting)


def how_asked(texts: list[dict]) -> dict:
    """The prompt form of the rows, and their dialects, as they say themselves: whoever asks the model must know both.

    Rows that say nothing hold the question alone. Raises BadSpec where the rows have several forms.
    """
    forms = sorted({text.get('promptForm', 'masked') for text in texts})
    if len(forms) > 1:
        raise BadSpec(
            f'The rows have several prompt forms: {", ".join(forms)}.',
            'Write all of them with --tables, or all without.',
        )
    return {'promptForm': forms[0], 'dialects': sorted({text['dialect'] for text in texts if 'dialect' in text})}
