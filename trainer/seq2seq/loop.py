"""The training loop over questions and masked statements."""

from trainer.seq2seq.batches import Batch, batches_by_length, batches_of_epoch, collate
from trainer.seq2seq.loss import AnswerLoss
from trainer.train.batches import Group
from trainer.train.loop import Loop
from trainer.train.rows import Row


class Seq2SeqLoop(Loop):
    """The loop of the other methods with an encoder-decoder's batches and loss; each row is a group of its own."""

    def _objective(self) -> AnswerLoss:
        return AnswerLoss(self.model)

    def _epoch(self, number: int) -> list[list[Group]]:
        return _alone(batches_of_epoch(self.rows, self.recipe.batch_size, self.recipe.seed, number))

    def _evaluation_batches(self, rows: list[Row]) -> list[list[Group]]:
        return _alone(batches_by_length(rows, self.recipe.batch_size))

    def _collate(self, groups: list[Group]) -> Batch:
        rows = [row for group in groups for row in group.rows]
        return collate(rows, self.pad, self.model.config.decoder_start_token_id)


def _alone(batches: list[list[Row]]) -> list[list[Group]]:
    return [[Group((row,), 0) for row in rows] for rows in batches]
