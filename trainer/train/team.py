"""The processes that train one model together, each on its share of every batch.

A launcher (train/launch.py, `accelerate launch`, torchrun) starts them and tells each its rank by environment.
The batches, the loss and the gradient are those of a process alone; only who computes what differs.
"""

import os
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import FSDPModule, MixedPrecisionPolicy, fully_shard
from torch.distributed.tensor import DTensor, distribute_tensor
from torch.nn.parallel import DistributedDataParallel

from trainer.device import Device
from trainer.errors import MissingDevice
from trainer.train.batches import Group
from trainer.train.forward import run_layer
from trainer.train.model import inner_model

# The others wait while the first process converts a base or writes a model of many gigabytes.
_PATIENCE = timedelta(hours=2)


@dataclass(frozen=True)
class Team:
    """A process alone is a team of one, whose methods change nothing and wait for nobody."""

    rank: int = 0
    size: int = 1

    @property
    def leads(self) -> bool:
        """Whether this process writes the files and tells of progress."""
        return self.rank == 0

    def share(self, groups: list[Group]) -> list[Group]:
        """This process's part of a batch: about as many tokens as every other's. May be empty."""
        if self.size == 1:
            return groups
        parts: list[list[Group]] = [[] for _ in range(self.size)]
        loads = [0] * self.size
        for group in sorted(groups, key=lambda group: -group.length):
            least = loads.index(min(loads))
            parts[least].append(group)
            loads[least] += group.length
        return parts[self.rank]

    def sum(self, numbers: list[float]) -> list[float]:
        """The sums over all processes."""
        if self.size == 1:
            return numbers
        total = torch.tensor(numbers, dtype=torch.float64)
        dist.all_reduce(total)
        return total.tolist()

    def any(self, flag: bool) -> bool:
        return flag if self.size == 1 else self.sum([float(flag)])[0] > 0

    def wait(self) -> None:
        """Until every process is here."""
        if self.size > 1:
            dist.barrier()

    def end(self) -> None:
        if self.size > 1:
            dist.destroy_process_group()

    def spread(self, objective: nn.Module, device: Device, sharding: str) -> nn.Module:
        """The module that every process calls in place of `objective`, an AnswerLoss.

        With sharding full, each layer and the rest are sharded (FSDP2): weights are gathered when a layer is run.
        """
        if self.size == 1:
            return objective
        if sharding == 'none':
            return DistributedDataParallel(objective, broadcast_buffers=False)
        mesh = init_device_mesh(device.name, (self.size,))
        half = MixedPrecisionPolicy(param_dtype=torch.bfloat16, reduce_dtype=torch.float32)
        policy = half if device.precision == 'bfloat16' else MixedPrecisionPolicy()
        for layer in inner_model(objective.model).model.layers:
            layer.forward = partial(run_layer, layer)
            fully_shard(layer, mesh=mesh, mp_policy=policy)
        return fully_shard(objective, mesh=mesh, mp_policy=policy)


def join_team(device: Device) -> Team:
    """Meet the other processes that the launcher started, if any. Raises MissingDevice where GPUs are too few."""
    size = int(os.environ.get('WORLD_SIZE', '1'))
    if size == 1:
        return Team()
    if device.name == 'cuda':
        local, gpus = int(os.environ.get('LOCAL_RANK', '0')), torch.cuda.device_count()
        if local >= gpus:
            raise MissingDevice(
                f'There are more processes than the {gpus} GPU(s) of this machine.',
                'Set recipe.processes, or --num_processes of accelerate launch, to the number of GPUs.',
            )
        torch.cuda.set_device(local)
    dist.init_process_group('cpu:gloo,cuda:nccl' if device.name == 'cuda' else 'gloo', timeout=_PATIENCE)
    return Team(dist.get_rank(), size)


def whole(tensor: torch.Tensor) -> torch.Tensor:
    """A tensor with all of its shards, on the CPU. Every process must ask for it."""
    tensor = tensor.detach()
    return (tensor.full_tensor() if isinstance(tensor, DTensor) else tensor).cpu()


def local(tensor: torch.Tensor) -> torch.Tensor:
    """The part of a tensor that this process holds."""
    return tensor.to_local() if isinstance(tensor, DTensor) else tensor


def sharded_like(tensor: torch.Tensor, parameter: torch.Tensor) -> torch.Tensor:
    """A whole tensor, in shards where the parameter of its shape is."""
    if not isinstance(parameter, DTensor) or tensor.shape != parameter.shape:
        return tensor
    return distribute_tensor(tensor.to(parameter.device), parameter.device_mesh, parameter.placements)


def with_shards(shard: torch.Tensor, parameter: torch.Tensor) -> torch.Tensor:
    """The tensor of which this process holds `shard` and the others theirs, laid out as `parameter` is."""
    if not isinstance(parameter, DTensor):
        return shard
    return DTensor.from_local(
        shard.to(parameter.device),
        parameter.device_mesh,
        parameter.placements,
        shape=parameter.shape,
        stride=parameter.stride(),
    )


def gather(objective: nn.Module) -> None:
    """Put whole parameters, on the CPU, where shards were, so that the model is an ordinary one again.

    Parameters that modules share stay shared.
    """
    sharded = [module for module in objective.modules() if isinstance(module, FSDPModule)]
    for module in sharded:
        # After an evaluation the outermost one holds gathered weights, which may be older than its shards.
        module.reshard()
    found: dict[int, nn.Parameter] = {}
    for module in objective.modules():
        for name, parameter in list(module._parameters.items()):
            if isinstance(parameter, DTensor):
                if id(parameter) not in found:
                    found[id(parameter)] = nn.Parameter(whole(parameter), requires_grad=parameter.requires_grad)
                module._parameters[name] = found[id(parameter)]
    for module in sharded:
        # fully_shard made a class of FSDPModule and the module's own.
        module.__class__ = type(module).__bases__[1]
        vars(module).pop('forward', None)
