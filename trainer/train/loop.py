"""The training loop: batch, loss, gradient, step; now and then a report, an evaluation, a checkpoint."""

import time
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import nn

from trainer.device import Device
from trainer.errors import Preempted
from trainer.events import Events
from trainer.resources import rss_bytes
from trainer.train.batches import Group, batches_in_order, batches_of_epoch, cluster_rows, collate
from trainer.train.checkpoint import Checkpoint, Progress, save_checkpoint
from trainer.train.loss import answer_loss
from trainer.train.model import inner_model
from trainer.train.preemption import Preemption, StepInterrupted
from trainer.train.recipe import Recipe
from trainer.train.rows import Row
from trainer.train.schedule import rate_factor, warmup_steps

_CURVE_POINTS = 200
_REPORT_SECONDS = 1.0
_BETAS = (0.9, 0.98)


@dataclass
class Loop:
    """One training run over rows that are already tokens. `run()` leaves the best (or last) weights in `model`."""

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
    progress: Progress = field(default_factory=Progress)
    best: dict[str, torch.Tensor] | None = None

    def __post_init__(self) -> None:
        self.inner = inner_model(self.model)
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
                parameter.copy_(checkpoint.weights[name])
        self.optimizer.load_state_dict(checkpoint.optimizer)
        self._set_random_state(checkpoint.random_state)
        self.progress, self.best = checkpoint.progress, checkpoint.best
        self.saved_step = self.progress.step

    def run(self) -> None:
        """Train to the end. Raises Preempted, with a checkpoint written, when SIGTERM arrives."""
        clusters = cluster_rows(self.rows)
        self.model.train()
        self.started = time.monotonic() - self.progress.seconds
        self.reported = (time.monotonic(), self.progress.tokens)
        while self.progress.step < self.steps and not self.progress.stopped:
            epoch = batches_of_epoch(
                clusters, self.recipe.batch_size, self.recipe.rows_per_prefix, self.recipe.seed, self.progress.epoch
            )
            for groups in epoch[self.progress.batch :]:
                self._one_step(groups)
                if self.progress.step >= self.steps or self.progress.stopped:
                    break
            else:
                self.progress.epoch, self.progress.batch = self.progress.epoch + 1, 0
        if self.validation and (not self.progress.validation_curve or self._last_evaluated() < self.progress.step):
            self._guarded(self._evaluate)
        if self.best is not None:
            self._load(self.best)

    def _one_step(self, groups: list[Group]) -> None:
        random_state = self._random_state()
        try:
            loss = self._learn(groups)
        except StepInterrupted:
            self.optimizer.zero_grad(set_to_none=True)
            self._set_random_state(random_state)
            self._stop()
        self._record(loss)
        if self.validation and self.progress.step % self.recipe.evaluate_every_steps == 0:
            self._guarded(self._evaluate)
        due = self.progress.step % self.recipe.checkpoint_every_steps == 0
        if (due and self.progress.step < self.steps) or self.preemption.requested:
            self._save()
        if self.preemption.requested:
            self._stop()

    def _learn(self, groups: list[Group]) -> float:
        batch = collate(groups, self.pad).to(self.device.torch_device)
        rate = self.recipe.learning_rate * rate_factor(
            self.recipe.schedule, self.progress.step, self.steps, self.warmup
        )
        for group in self.optimizer.param_groups:
            group['lr'] = rate
        with self.device.autocast():
            loss = answer_loss(
                self.inner,
                batch,
                smoothing=self.recipe.label_smoothing,
                router_weight=self.router_weight,
                check=self.preemption.check,
                save_memory=self.recipe.gradient_checkpointing,
            )
        self.preemption.check()
        loss.backward()
        self.preemption.check()
        nn.utils.clip_grad_norm_(self.learning.values(), self.recipe.clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.rate = rate
        self.progress.step += 1
        self.progress.batch += 1
        self.progress.rows += batch.rows
        self.progress.tokens += batch.row_tokens
        return loss.item()

    def _record(self, loss: float) -> None:
        progress = self.progress
        self.recent.append(loss)
        progress.seconds = time.monotonic() - self.started
        if progress.step % self.stride == 0 or progress.step == self.steps or progress.step == 1:
            progress.loss_curve.append([progress.step, round(loss, 5)])
            progress.learning_rate_curve.append([progress.step, self.rate])
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
                rssBytes=rss_bytes(),
                seconds=round(progress.seconds, 2),
            )
            self.recent = []
            self.reported = (time.monotonic(), progress.tokens)

    def _evaluate(self) -> None:
        progress = self.progress
        loss = self.validation_loss()
        progress.validation_curve.append([progress.step, round(loss, 5)])
        self.events.emit('evaluation', step=progress.step, loss=round(loss, 5))
        if progress.best_loss is None or loss < progress.best_loss:
            progress.best_loss, progress.evaluations_without_gain = loss, 0
            if self.recipe.patience is not None:
                self.best = {name: p.detach().to('cpu', copy=True) for name, p in self.learning.items()}
        else:
            progress.evaluations_without_gain += 1
            progress.stopped = (
                self.recipe.patience is not None and progress.evaluations_without_gain >= self.recipe.patience
            )

    @torch.no_grad()
    def validation_loss(self) -> float:
        """Mean cross-entropy (nats) of the answer tokens of the validation rows, the same rows every time."""
        self.model.eval()
        total, count = 0.0, 0
        rows = self.validation[: self.recipe.evaluation_rows]
        for groups in batches_in_order(rows, self.recipe.batch_size, self.recipe.rows_per_prefix):
            batch = collate(groups, self.pad).to(self.device.torch_device)
            with self.device.autocast():
                loss = answer_loss(self.inner, batch, check=self.preemption.check)
            total += loss.item() * len(batch.labels)
            count += len(batch.labels)
        self.model.train()
        return total / count

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
        path = save_checkpoint(
            self.checkpoints,
            self.progress,
            {name: parameter.detach().cpu().contiguous() for name, parameter in self.learning.items()},
            self.best,
            self.optimizer.state_dict(),
            self._random_state(),
            self.identity,
            self.tokenizer,
        )
        self.saved_step = self.progress.step
        self.events.emit('checkpoint', step=self.progress.step, path=str(path))

    def _load(self, weights: dict[str, torch.Tensor]) -> None:
        with torch.no_grad():
            for name, parameter in self.learning.items():
                parameter.copy_(weights[name])

    def _random_state(self) -> dict:
        state = {'cpu': torch.get_rng_state()}
        if self.device.name == 'cuda':
            state['cuda'] = torch.cuda.get_rng_state()
        return state

    def _set_random_state(self, state: dict) -> None:
        torch.set_rng_state(state['cpu'])
        if 'cuda' in state and self.device.name == 'cuda':
            torch.cuda.set_rng_state(state['cuda'])
