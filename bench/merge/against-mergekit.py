"""Our merges against mergekit's and against the disk: seconds, processor seconds and peak memory of whole commands.

    python bench/merge/against-mergekit.py --mergekit PYTHON [--models folder] [--methods slerp,linear,ties]
        [--repeats 3] [--layers 14] [--hidden 2048] [--shard-mib 400]

PYTHON is one that has mergekit 0.1.5. The models (random weights in bfloat16, three and a base, a vocabulary of
32,000) are made in `--models` unless they are there, and stay; without it they are made in a temporary folder.
Repeats are interleaved, one of ours, one of mergekit's, one copy; medians are printed. Run it from the root of the
checkout.
"""

import argparse
import json
import multiprocessing
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

MODELS = ("first", "second", "third")
METHODS = {
    "slerp": ("slerp", 2, {"t": 0.4}),
    "linear": ("linear", 3, {}),
    "task-arithmetic": ("task_arithmetic", 3, {"lambda": 0.4}),
    "ties": ("ties", 3, {"lambda": 1.0}),
}
DENSITY = 0.2


# A process begins with the peak memory of the one that starts it: what needs torch here has a process of its own.
APART = multiprocessing.get_context("spawn")


@dataclass
class Run:
    seconds: float
    cpu: float
    peak: int


def measure(command: list[str]) -> Run:
    """Wait for a command: wall clock, processor seconds of it and its children, peak resident set."""
    begun = time.monotonic()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed:\n{errors.decode()[-2000:]}")
    return Run(
        time.monotonic() - begun,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss * 1024,
    )


def write_model(
    folder: Path, number: int, layers: int, hidden: int, shard_bytes: int
) -> None:
    """Around weights that all models share, so that they are as near to each other as experts of one base."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    from trainer.merge.shards import PlannedTensor, ShardWriter

    folder.mkdir(parents=True)
    config = LlamaConfig(
        hidden_size=hidden,
        intermediate_size=hidden * 11 // 4,
        num_hidden_layers=layers,
        num_attention_heads=hidden // 64,
        num_key_value_heads=hidden // 64,
        vocab_size=32_000,
    )
    config.architectures, config.dtype = ["LlamaForCausalLM"], "bfloat16"
    config.save_pretrained(folder)
    with torch.device("meta"):
        shapes = {
            name: tuple(tensor.shape)
            for name, tensor in LlamaForCausalLM(config).state_dict().items()
        }
    writer = ShardWriter(
        folder,
        [PlannedTensor(name, torch.bfloat16, shapes[name]) for name in shapes],
        shard_bytes,
    )
    for place, (name, shape) in enumerate(shapes.items()):
        shared, own = (
            torch.Generator().manual_seed(seed)
            for seed in (place, 1000 * (number + 1) + place)
        )
        noise = torch.randn(shape, generator=shared) + 0.3 * torch.randn(
            shape, generator=own
        )
        writer.write(name, [(0.02 * noise).flatten()])
    writer.finish()


def configurations(
    method: str, models: Path, work: Path, shard_bytes: int
) -> tuple[Path, Path]:
    """The spec of our merge and the same for mergekit."""
    theirs, count, settings = METHODS[method]
    names = MODELS[:count]
    base = str(models / "base")
    with_base = method in ("ties", "task-arithmetic")
    ours = {
        "method": method,
        "models": [{"path": str(models / name), "name": name} for name in names],
    }
    ours |= {
        **settings,
        "shardBytes": shard_bytes,
        **({"base": base} if with_base else {}),
    }
    parameters = {"weight": 1.0, **({"density": DENSITY} if method == "ties" else {})}
    entries = [
        {"model": str(models / name), "parameters": parameters} for name in names
    ]
    yaml = {
        "merge_method": theirs,
        "models": entries,
        "dtype": "bfloat16",
        "parameters": settings,
    }
    if with_base or method == "slerp":
        yaml["base_model"] = base if with_base else str(models / names[0])
    if method == "ties":
        ours["density"] = DENSITY
    spec, config = work / f"{method}.json", work / f"{method}.yaml"
    spec.write_text(json.dumps(ours))
    config.write_text(json.dumps(yaml))
    return spec, config


def differing(first: Path, second: Path) -> float:
    """The largest difference of an entry of two merged models, looked at in one tensor of a layer."""
    from trainer.merge.sources import Source

    name = "model.layers.1.self_attn.q_proj.weight"
    one, other = (Source(folder)[name] for folder in (first, second))
    return (
        (one.part(0, one.numel).float() - other.part(0, other.numel).float())
        .abs()
        .max()
        .item()
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--mergekit", required=True)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--methods", default="slerp,linear,ties")
    for name, value in {
        "repeats": 3,
        "layers": 14,
        "hidden": 2048,
        "shard-mib": 400,
    }.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    flags = parser.parse_args()
    shard_bytes = flags.shard_mib << 20
    work = Path(tempfile.mkdtemp(prefix="dialectic-merge-"))
    models = flags.models or work / "models"
    try:
        for number, name in enumerate(("base", *MODELS)):
            if not (models / name).exists():
                with APART.Pool(1) as pool:
                    pool.apply(
                        write_model,
                        (
                            models / name,
                            number,
                            flags.layers,
                            flags.hidden,
                            shard_bytes,
                        ),
                    )
        size = sum(
            file.stat().st_size for file in (models / "first").glob("*.safetensors")
        )
        print(
            f"models of {size / 2**30:.2f} GiB in shards of {flags.shard_mib} MiB; medians of {flags.repeats}"
        )
        imports = measure([sys.executable, "-c", "import trainer.merge.run"])
        print(
            f"what our command imports: {imports.cpu:.1f} s of processor, {imports.peak / 2**20:.0f} MiB"
        )
        for method in flags.methods.split(","):
            compare(method, flags, models, work, size, shard_bytes, imports)
    finally:
        shutil.rmtree(work)


def compare(
    method: str,
    flags: argparse.Namespace,
    models: Path,
    work: Path,
    size: int,
    shard_bytes: int,
    imports: Run,
) -> None:
    spec, config = configurations(method, models, work, shard_bytes)
    ours, theirs, copy = work / "ours", work / "theirs", work / "copy"
    quiet = [
        "--quiet",
        "--no-copy-tokenizer",
        "--no-write-model-card",
        "--out-shard-size",
        str(shard_bytes),
    ]
    commands = {
        "ours": [
            sys.executable,
            "-m",
            "trainer",
            "merge",
            "--spec",
            str(spec),
            "--out",
            str(ours),
        ],
        "mergekit": [
            flags.mergekit,
            "-m",
            "mergekit.scripts.run_yaml",
            str(config),
            str(theirs),
            *quiet,
        ],
        "cp": ["cp", "-r", str(models / "first"), str(copy)],
    }
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(flags.repeats):
        for folder in (ours, theirs, copy):
            shutil.rmtree(folder, ignore_errors=True)
        for name, command in commands.items():
            runs[name].append(measure(command))
    median = {
        name: Run(
            *(
                statistics.median(getattr(run, field) for run in done)
                for field in ("seconds", "cpu", "peak")
            )
        )
        for name, done in runs.items()
    }
    mine, other, cp = (median[name] for name in commands)
    for name, run in median.items():
        print(
            f"{method}, {name}: {run.seconds:.1f} s, {run.cpu:.1f} s of processor, peak {run.peak / 2**20:.0f} MiB"
        )
    reads = METHODS[method][1] + (method in ("ties", "task-arithmetic"))
    speed = {
        name: (reads + 1) * size / run.seconds
        for name, run in (("ours", mine), ("mergekit", other))
    }
    copied = 2 * size / cp.seconds
    with APART.Pool(1) as pool:
        difference = pool.apply(differing, (ours / "model", theirs))
    beyond = (mine.peak - imports.peak) / shard_bytes
    print(
        f"{method}: ours / mergekit = {mine.seconds / other.seconds:.2f} of the time, "
        f"{mine.cpu / other.cpu:.2f} of the processor, {mine.peak / other.peak:.2f} of the memory; "
        f"memory beyond the imports = {beyond:.2f} shards; "
        f"bytes a second, read and written, of what cp moves: ours {speed['ours'] / copied:.2f}, "
        f"mergekit {speed['mergekit'] / copied:.2f}; largest difference {difference:.1e}",
        flush=True,
    )


if __name__ == "__main__":
    main()
