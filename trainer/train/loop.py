"""The training loop: batch, loss, gradient, step; now and then a report, an evaluation, a checkpoint."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import torch
from torch import nn

from trainer.device import Device
from trainer.errors import Preempted
from trainer.events import Events
from trainer.train.batches import Batch, Group, batches_in_order, batches_of_epoch, cluster_rows, collate
from trainer.train.checkpoint import Checkpoint, Progress, save_checkpoint
from trainer.train.loss import AnswerLoss
from trainer.train.preemption import Preemption, StepInterrupted
from trainer.train.recipe import Recipe
from trainer.train.rows import Row
from trainer.train.schedule import rate_factor, warmup_steps
from trainer.train.team import Team, local, sharded_like, whole, with_shards

_CURVE_POINTS = 200
_REPORT_SECONDS = 1.0
_BETAS = (0.9, 0.98)


@dataclass
class Loop:
    """One training run over rows that are already tokens. `run()` leaves the best (or last) weights in `model`.

    Every process of the team runs the same loop over the same batches. `best` holds this process's shards.
    """

    model: nn.Module
    recipe: Recipe
    device: Device
    rows: list[Row]
    validation: list[Row]
    steps: int
    pad: int
    router_weight: float
    events: Events
    checkpoints: Path
    tokenizer: Path
    identity: dict
    preemption: Preemption
    team: Team = field(default_factory=Team)
    progress: Progress = field(default_factory=Progress)
    best: dict[str, torch.Tensor] | None = None

    def __post_init__(self) -> None:
        self.objective = self.team.spread(self._objective(), self.device, self.recipe.sharding)
        # Whoever stops in the middle of a step leaves the others waiting for it.
        self.check = self.preemption.check if self.team.size == 1 else lambda: None
        self.learning = {name: p for name, p in self.model.named_parameters() if p.requires_grad}
        matrices = [p for p in self.learning.values() if p.ndim > 1]
        others = [p for p in self.learning.values() if p.ndim <= 1]
        groups = [
            {'params': matrices, 'weight_decay': self.recipe.weight_decay},
            {'params': others, 'weight_decay': 0.0},
        ]
        self.optimizer = torch.optim.AdamW(
            [group for group in groups if group['params']], lr=self.recipe.learning_rate, betas=_BETAS, fused=True
        )
        self.warmup = warmup_steps(self.recipe.warmup, self.steps)
        self.stride = max(1, -(-self.steps // _CURVE_POINTS))
        self.recent: list[float] = []
        self.saved_step = -1

    def resume(self, checkpoint: Checkpoint) -> None:
        """Take over weights, optimizer, random state and place in the data from a checkpoint."""
        with torch.no_grad():
            for name, parameter in self.learning.items():
                parameter.copy_(sharded_like(checkpoint.weights[name], parameter))
        self.optimizer.load_state_dict(self._with_optimizer_state(checkpoint.optimizer, sharded_like))
        self._set_random_state(checkpoint.random_state)
        self.progress = checkpoint.progress
        if checkpoint.best is not None:
            self.best = {
                name: local(sharded_like(checkpoint.best[name], parameter)).cpu()
                for name, parameter in self.learning.items()
            }
        self.saved_step = self.progress.step

    def run(self) -> None:
        """Train to the end. Raises Preempted, with a checkpoint written, when SIGTERM arrives."""
        self.model.train()
        self.started = time.monotonic() - self.progress.seconds
        self.reported = self.drawn = (time.monotonic(), self.progress.tokens)
        if self._owes_evaluation():
            self._guarded(self._evaluate)
        while self.progress.step < self.steps and not self.progress.stopped:
            for groups in self._epoch(self.progress.epoch)[self.progress.batch :]:
                self._one_step(groups)
                if self.progress.step >= self.steps or self.progress.stopped:
                    break
            else:
                self.progress.epoch, self.progress.batch = self.progress.epoch + 1, 0
        if self.validation and (not self.progress.validation_curve or self._last_evaluated() < self.progress.step):
            self._guarded(self._evaluate)
        if self.best is not None:
            self._load(self.best)

    # What is learned from, and how: the loop of an encoder-decoder says these four otherwise (seq2seq/loop.py).

    def _objective(self) -> nn.Module:
        """A module that gives the loss of a batch, or its score, with the options of `AnswerLoss`."""
        return AnswerLoss(self.model)

    def _epoch(self, number: int) -> list[list[Group]]:
        recipe = self.recipe
        return batches_of_epoch(self._clusters, recipe.batch_size, recipe.rows_per_prefix, recipe.seed, number)

    def _evaluation_batches(self, rows: list[Row]) -> list[list[Group]]:
        return batches_in_order(rows, self.recipe.batch_size, self.recipe.rows_per_prefix)

    def _collate(self, groups: list[Group]) -> Batch:
        return collate(groups, self.pad, self.recipe.pack_to)

    @cached_property
    def _clusters(self) -> list[list[Row]]:
        return cluster_rows(self.rows)

    def _one_step(self, groups: list[Group]) -> None:
        random_state = self._random_state()
        try:
            loss = self._learn(groups)
        except StepInterrupted:
            self.optimizer.zero_grad(set_to_none=True)
            self._set_random_state(random_state)
            self._stop()
        self._record(loss)
        if self._owes_evaluation():
            self._guarded(self._evaluate)
        due = self.progress.step % self.recipe.checkpoint_every_steps == 0
        stopping = self.team.any(self.preemption.requested)
        if (due and self.progress.step < self.steps) or stopping:
            self._save()
        if stopping:
            self._stop()

    def _learn(self, groups: list[Group]) -> float:
        if self.team.size > 1:
            # Each process drops out its own, and what it draws does not depend on what was drawn before a resumption.
            torch.manual_seed(hash((self.recipe.seed, self.progress.step, self.team.rank)))
        batch, share = self._batch(groups)
        rate = self.recipe.learning_rate * rate_factor(
            self.recipe.schedule, self.progress.step, self.steps, self.warmup
        )
        for group in self.optimizer.param_groups:
            group['lr'] = rate
        with self.device.autocast():
            loss = self.objective(
                batch,
                smoothing=self.recipe.label_smoothing,
                router_weight=self.router_weight,
                check=self.check,
                save_memory=self.recipe.gradient_checkpointing,
            )
        self.check()
        # Gradients are averaged over the processes, so that each loss counts as many times as its share is larger.
        (loss * (share * self.team.size)).backward()
        self.check()
        nn.utils.clip_grad_norm_(self.learning.values(), self.recipe.clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.rate = rate
        self.progress.step += 1
        self.progress.batch += 1
        self.progress.rows += sum(len(group.rows) for group in groups)
        self.progress.tokens += sum(row.length for group in groups for row in group.rows)
        return self.team.sum([loss.item() * share])[0]

    def _batch(self, groups: list[Group]) -> tuple[Batch, float]:
        """This process's part of a batch and its share of the answer tokens: 0 where the part is there for form."""
        mine = self.team.share(groups)
        batch = self._collate(mine or groups[:1]).to(self.device.torch_device)
        asked = sum(len(row.answer) for group in groups for row in group.rows)
        return batch, len(batch.labels) / asked if mine else 0.0

    def _record(self, loss: float) -> None:
        progress = self.progress
        self.recent.append(loss)
        progress.seconds = time.monotonic() - self.started
        if progress.step % self.stride == 0 or progress.step == self.steps or progress.step == 1:
            progress.loss_curve.append([progress.step, round(loss, 5)])
            progress.learning_rate_curve.append([progress.step, self.rate])
            since, tokens = self.drawn
            speed = (progress.tokens - tokens) / max(time.monotonic() - since, 1e-9)
            progress.speed_curve.append([progress.step, round(speed, 1)])
            progress.memory_curve.append([progress.step, self.device.memory_bytes()])
            self.drawn = (time.monotonic(), progress.tokens)
        since, tokens = self.reported
        elapsed = time.monotonic() - since
        if elapsed >= _REPORT_SECONDS or progress.step == self.steps or progress.step == 1:
            self.events.emit(
                'progress',
                stage='train',
                step=progress.step,
                steps=self.steps,
                epoch=round(progress.rows / len(self.rows), 3),
                loss=round(sum(self.recent) / len(self.recent), 5),
                learningRate=self.rate,
                tokensPerSecond=round((progress.tokens - tokens) / max(elapsed, 1e-9), 1),
                memoryBytes=self.device.memory_bytes(),
                seconds=round(progress.seconds, 2),
            )
            self.recent = []
            self.reported = (time.monotonic(), progress.tokens)

    def _evaluate(self) -> None:
        progress = self.progress
        loss, exact = self.validate()
        progress.validation_curve.append([progress.step, round(loss, 5)])
        progress.exact_match_curve.append([progress.step, round(exact, 5)])
        self.events.emit('evaluation', step=progress.step, loss=round(loss, 5), exactMatch=round(exact, 5))
        if self._gains(loss, exact):
            progress.best_loss, progress.best_exact_match, progress.evaluations_without_gain = loss, exact, 0
            if self.recipe.patience is not None:
                self.best = {name: local(p.detach()).to('cpu', copy=True) for name, p in self.learning.items()}
        else:
            progress.evaluations_without_gain += 1
            progress.stopped = (
                self.recipe.patience is not None and progress.evaluations_without_gain >= self.recipe.patience
            )

    def _owes_evaluation(self) -> bool:
        """Whether to evaluate after this step, and not done yet; a run may have been stopped in an evaluation."""
        step, curve = self.progress.step, self.progress.validation_curve
        due = step > 0 and step % self.recipe.evaluate_every_steps == 0
        return bool(self.validation) and due and (not curve or curve[-1][0] < step)

    def _gains(self, loss: float, exact: float) -> bool:
        """Whether this evaluation is the best so far; among equals by exact match the loss decides."""
        best_loss, best_exact = self.progress.best_loss, self.progress.best_exact_match
        if best_loss is None or best_exact is None:
            return True
        if self.recipe.metric == 'exactMatch' and exact != best_exact:
            return exact > best_exact
        return loss < best_loss

    @torch.no_grad()
    def validate(self) -> tuple[float, float]:
        """Of the same validation rows every time: the mean cross-entropy (nats) of the answer tokens, and the share of
        rows that greedy decoding would answer exactly."""
        self.model.eval()
        rows = self.validation[: self.recipe.evaluation_rows]
        totals = torch.zeros(2, dtype=torch.float64)
        for groups in self._evaluation_batches(rows):
            batch, share = self._batch(groups)
            with self.device.autocast():
                score = self.objective(batch, score=True, check=self.check)
            if share > 0:
                totals += score.cpu()
        self.model.train()
        loss, exact = self.team.sum(totals.tolist())
        return loss / sum(len(row.answer) for row in rows), exact / len(rows)

    def _guarded(self, work) -> None:
        try:
            work()
        except StepInterrupted:
            self._stop()

    def _last_evaluated(self) -> int:
        return int(self.progress.validation_curve[-1][0])

    def _stop(self) -> None:
        self._save()
        raise Preempted(
            f'The process was told to stop after step {self.progress.step} of {self.steps}.',
            'Start it again with --resume and the last checkpoint.',
        )

    def _save(self) -> None:
        if self.progress.step == self.saved_step or self.progress.step == 0:
            return
        weights = {name: whole(parameter).contiguous() for name, parameter in self.learning.items()}
        best = self.best and {name: whole(with_shards(self.best[name], p)) for name, p in self.learning.items()}
        optimizer = self._with_optimizer_state(self.optimizer.state_dict(), lambda state, _: whole(state))
        self.saved_step = self.progress.step
        if self.team.leads:
            path = save_checkpoint(
                self.checkpoints,
                self.progress,
                weights,
                best,
                optimizer,
                self._random_state(),
                self.identity,
                self.tokenizer,
            )
            self.events.emit('checkpoint', step=self.progress.step, path=str(path))
        self.team.wait()

    def _with_optimizer_state(
        self, optimizer: dict, change: Callable[[torch.Tensor, nn.Parameter], torch.Tensor]
    ) -> dict:
        """The optimizer's state dict with each tensor changed, told the parameter that it belongs to."""
        parameters = [parameter for group in self.optimizer.param_groups for parameter in group['params']]
        state = {
            index: {name: change(value, parameters[index]) for name, value in values.items()}
            for index, values in optimizer['state'].items()
        }
        return {**optimizer, 'state': state}

    def _load(self, shards: dict[str, torch.Tensor]) -> None:
        with torch.no_grad():
            for name, parameter in self.learning.items():
                local(parameter).copy_(shards[name])

    def _random_state(self) -> dict:
        state = {'cpu': torch.get_rng_state()}
        if self.device.name == 'cuda':
            state['cuda'] = torch.cuda.get_rng_state()
        return state

    def _set_random_state(self, state: dict) -> None:
        torch.set_rng_state(state['cpu'])
        if 'cuda' in state and self.device.name == 'cuda':
            torch.cuda.set_rng_state(state['cuda'])
