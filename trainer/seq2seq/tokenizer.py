"""Words or WordPieces: both as WordPiece models, so that the npm package `@huggingface/tokenizers` reads them alike."""

from collections.abc import Iterable
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from trainer.errors import BadSpec
from trainer.tokenizer import EOS, PAD

SOS, UNKNOWN = '<sos>', '<unk>'
SPECIAL = (PAD, EOS, SOS, UNKNOWN)
KINDS = ('word', 'wordpiece')
# What BERT's pre-tokenizer takes apart at punctuation and SQL writes together.
_TOGETHER = (' _ ', '_'), ('> =', '>='), ('< =', '<='), ('! =', '!='), ('< >', '<>'), ('| |', '||')


def word_tokenizer(texts: Iterable[str]) -> Tokenizer:
    """One token for each lower-case word (names with underscores too) and for each run of signs that the texts hold.

    A WordPiece model without continuing pieces: what is not a word of the texts is <unk>.
    """
    tokenizer = _pieces({}, normalizers.Lowercase(), pre_tokenizers.Whitespace())
    words: dict[str, int] = {}
    for text in texts:
        lowered = tokenizer.normalizer.normalize_str(text)
        for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(lowered):
            words[word] = words.get(word, 0) + 1
    ordered = sorted(words, key=lambda word: (-words[word], word))
    tokenizer = _pieces(_numbered(ordered), normalizers.Lowercase(), pre_tokenizers.Whitespace())
    tokenizer.decoder = decoders.WordPiece(cleanup=False)
    return tokenizer


def wordpiece_tokenizer(texts: list[str], pieces: list[str] | None, vocabulary: int) -> Tokenizer:
    """BERT's uncased tokenizer, with `pieces` (BERT's vocab.txt) or with at most `vocabulary` pieces learned anew.

    Of given pieces those stay that occur in the texts, and all single characters: the longest piece that fits is taken
    (Wu et al. 2016), so the texts are cut as with all pieces, and the embeddings of the others would not be learned.
    """
    if pieces is None:
        tokenizer = _bert({})
        trainer = trainers.WordPieceTrainer(
            vocab_size=vocabulary,
            special_tokens=[AddedToken(token, special=True, normalized=False) for token in SPECIAL],
            show_progress=False,
        )
        tokenizer.train_from_iterator(texts, trainer)
        learned = tokenizer.get_vocab()
        return _bert(_numbered(piece for piece in sorted(learned, key=learned.get) if piece not in SPECIAL))
    whole = _bert(_numbered(pieces))
    used = {token for encoding in whole.encode_batch(texts) for token in encoding.tokens}
    kept = [piece for piece in pieces if piece in used or len(piece.removeprefix('##')) == 1]
    return _bert(_numbered(kept))


def read_pieces(path: Path) -> list[str]:
    """The pieces of a vocab.txt, one a line, less BERT's own special and unused tokens."""
    pieces = [line for line in path.read_text(encoding='utf-8').splitlines() if line]
    kept = [piece for piece in pieces if not (piece.startswith('[') and piece.endswith(']') and len(piece) > 2)]
    if not any(piece.startswith('##') for piece in kept):
        raise BadSpec(
            f'{path.name} holds no WordPiece vocabulary: no line begins with ##.', "Give wordPieces BERT's vocab.txt."
        )
    return kept


def _numbered(pieces: Iterable[str]) -> dict[str, int]:
    numbered: dict[str, int] = {}
    for piece in (*SPECIAL, *pieces):
        numbered.setdefault(piece, len(numbered))
    return numbered


def _bert(pieces: dict[str, int]) -> Tokenizer:
    tokenizer = _pieces(pieces, normalizers.BertNormalizer(lowercase=True), pre_tokenizers.BertPreTokenizer())
    joined = [decoders.Replace(apart, whole) for apart, whole in _TOGETHER]
    tokenizer.decoder = decoders.Sequence([decoders.WordPiece(cleanup=False), decoders.Fuse(), *joined])
    return tokenizer


def _pieces(pieces: dict[str, int], normalizer: object, pre_tokenizer: object) -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(pieces, unk_token=UNKNOWN, max_input_chars_per_word=100))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizer
    if pieces:
        tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIAL])
    return tokenizer
