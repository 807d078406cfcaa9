"""What training minimises, and the accuracy that is easily mistaken for a model's."""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import nn
from transformers import MarianMTModel

from trainer.seq2seq.batches import Batch
from trainer.train.loss import score_of


def answer_logits(model: MarianMTModel, batch: Batch) -> torch.Tensor:
    """Logits [answer tokens, V] of every answer token, the gold's tokens before it given (teacher forcing)."""
    hidden = model.model(
        input_ids=batch.source,
        attention_mask=batch.read,
        decoder_input_ids=batch.answer,
        decoder_attention_mask=batch.asked,
        use_cache=False,
    ).last_hidden_state
    return model.lm_head(hidden[batch.asked])


class AnswerLoss(nn.Module):
    """A model as a module whose output is its loss."""

    def __init__(self, model: MarianMTModel):
        super().__init__()
        self.model = model

    def forward(
        self,
        batch: Batch,
        score: bool = False,
        smoothing: float = 0.0,
        check: Callable[[], None] = lambda: None,
        **_: object,
    ) -> torch.Tensor:
        """Mean cross-entropy (nats) of the answer tokens. `check` may raise, to stop before the backward pass.

        With `score`, [2]: the summed cross-entropy, and how many rows greedy decoding would answer exactly. Further
        options of the other methods' loss, as that of a router, mean nothing here.
        """
        logits = answer_logits(self.model, batch).float()
        check()
        return score_of(logits, batch) if score else F.cross_entropy(logits, batch.labels, label_smoothing=smoothing)
