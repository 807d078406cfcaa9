"""What training minimises."""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import nn

from trainer.train.batches import Batch
from trainer.train.forward import Hidden, answer_hidden
from trainer.train.model import inner_model


class AnswerLoss(nn.Module):
    """A model as a module whose output is its loss, which is what several processes share the work of."""

    def __init__(self, model: nn.Module):
        super().__init__()
        self.model = model

    def forward(self, batch: Batch, score: bool = False, **options) -> torch.Tensor:
        """The loss of `answer_loss`; with `score`, the two numbers of `answer_score`."""
        model = inner_model(self.model)
        return answer_score(model, batch, **options) if score else answer_loss(model, batch, **options)


def answer_loss(
    model: nn.Module,
    batch: Batch,
    *,
    smoothing: float = 0.0,
    router_weight: float = 0.0,
    check: Callable[[], None] = lambda: None,
    save_memory: bool = False,
) -> torch.Tensor:
    """Mean cross-entropy of the answer tokens, plus the weighted router loss of a mixture.

    lm_head is applied to the positions that predict an answer token only: it is a fifth of the work of a small model.
    """
    hidden = answer_hidden(model, batch, check, save_memory)
    loss = F.cross_entropy(model.lm_head(hidden.vectors).float(), batch.labels, label_smoothing=smoothing)
    if router_weight:
        loss = loss + router_weight * router_loss(hidden, batch.experts)
    return loss


def answer_score(model: nn.Module, batch: Batch, check: Callable[[], None] = lambda: None) -> torch.Tensor:
    """[2]: the summed cross-entropy of the answer tokens, and how many rows greedy decoding would answer exactly.

    Decoding need not be done for that: it gives the gold answer if and only if every gold token, the end among them, is
    the likeliest one after the gold tokens before it.
    """
    return score_of(model.lm_head(answer_hidden(model, batch, check).vectors).float(), batch)


def score_of(logits: torch.Tensor, batch: Batch) -> torch.Tensor:
    """[2], as `answer_score` says, of the logits [labels, V]; of a batch `labels` and `answers` are read."""
    right = (logits.argmax(-1) == batch.labels).split(batch.answers.tolist())
    exact = torch.stack([row.all() for row in right]).sum()
    return torch.stack((F.cross_entropy(logits, batch.labels, reduction='sum'), exact.to(logits.dtype)))


def router_loss(hidden: Hidden, experts: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of each layer's router against the expert of the row's dialect, over real tokens, mean over layers.

    Rows whose dialect no expert serves take no part. In the last layer only answer positions are routed and count.
    """
    losses = []
    for logits, real in hidden.routers:
        targets = torch.where(real, experts[:, None], -1)
        if (targets >= 0).any():
            losses.append(F.cross_entropy(logits.flatten(0, 1).float(), targets.flatten(), ignore_index=-1))
    return torch.stack(losses).mean() if losses else torch.zeros((), device=experts.device)
