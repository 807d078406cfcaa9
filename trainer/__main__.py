"""python -m trainer <train|predict|merge|export|describe> --spec spec.yaml --out folder [--resume checkpoint]

`accelerate launch -m trainer train ...` and recipe.processes train on several devices of a machine at once.

Progress is written to stdout as JSON lines, logs to stderr. Exit codes: 0 done, 1 other failure, 2 bad spec,
3 preempted (a checkpoint was written if any step was done), 4 missing dependency, 5 out of disk or memory,
6 the recipe needs a device that this machine lacks.
"""

import argparse
import importlib
import importlib.util
import os
import signal
import sys
import traceback
from pathlib import Path
from types import FrameType

from trainer.errors import BadSpec, MissingDependency, OutOfResources, Preempted, TrainerError
from trainer.events import Events, claim_stdout
from trainer.fields import read_spec
from trainer.launch import is_launched, launch, processes_wanted
from trainer.resources import ran_out_of

COMMANDS = {
    'train': ('trainer.train.run', ('torch', 'transformers', 'tokenizers', 'safetensors')),
    'predict': ('trainer.seq2seq.predict', ('torch', 'transformers', 'tokenizers', 'safetensors')),
    'merge': ('trainer.merge.run', ('torch', 'transformers', 'tokenizers', 'safetensors')),
    'export': ('trainer.export.run', ('numpy', 'onnx', 'safetensors')),
    'describe': ('trainer.describe', ('torch',)),
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog='python -m trainer', description='Train, merge and export models.')
    parser.add_argument('command', choices=sorted(COMMANDS))
    parser.add_argument('--spec', help='a JSON or YAML file that says what to do')
    parser.add_argument('--out', help='the folder to write to')
    parser.add_argument('--resume', help='a checkpoint folder, or a folder of checkpoints (train only)')
    parser.add_argument('--train', help='JSON lines of prompt and completion, instead of those that the spec names')
    parser.add_argument('--validation', help='as --train, for the rows that are only evaluated on')
    options = parser.parse_args(arguments)
    events = claim_stdout(told=os.environ.get('RANK', '0') == '0')
    signal.signal(signal.SIGTERM, _stop_before_first_step)
    try:
        result = _run(options, arguments, events)
    except TrainerError as error:
        return _fail(events, error)
    except Exception as error:
        traceback.print_exc(file=sys.stderr)
        return _fail(events, _as_trainer_error(error))
    if result is not None:
        events.emit('done', result=result)
    return 0


def _run(options: argparse.Namespace, arguments: list[str], events: Events) -> dict | None:
    module, packages = COMMANDS[options.command]
    require_packages(packages)
    # Nothing here may reach for a model hub: every model is a local folder or file.
    os.environ.setdefault('HF_HUB_OFFLINE', '1')
    os.environ.setdefault('TOKENIZERS_PARALLELISM', 'true')
    # Threads that spin while they wait take the cores from the engines and servers on the same machine.
    os.environ.setdefault('OMP_WAIT_POLICY', 'PASSIVE')
    if options.command == 'describe':
        return importlib.import_module(module).run()
    if options.spec is None or options.out is None:
        raise BadSpec(f'{options.command} needs --spec and --out.', 'Give both: a file and a folder to write to.')
    # The spec is read before the libraries, which take seconds to import.
    spec = read_spec(options.spec)
    if options.command != 'train':
        return importlib.import_module(module).run(spec, Path(options.out), events)
    for field in ('train', 'validation'):
        if (rows := getattr(options, field)) is not None:
            spec.put(field, str(Path(rows).resolve()))
    processes = processes_wanted(spec)
    if processes > 1 and not is_launched():
        return launch(processes, arguments, events)
    return importlib.import_module(module).run(spec, Path(options.out), events, options.resume and Path(options.resume))


def require_packages(packages: tuple[str, ...]) -> None:
    """Raises MissingDependency for the first package that is not installed, before any work is begun."""
    for package in packages:
        if importlib.util.find_spec(package) is None:
            raise MissingDependency(
                f'The Python package {package} is not installed for {sys.executable}.',
                'Run `npm run setup`, which creates the Python environment from trainer/requirements.lock.',
            )


def _stop_before_first_step(signum: int, frame: FrameType | None) -> None:
    raise Preempted('The process was told to stop before its first step.', 'Start it again.')


def _as_trainer_error(error: Exception) -> TrainerError:
    if isinstance(error, ModuleNotFoundError):
        return MissingDependency(f'{error}.', 'Run `npm run setup`, which installs trainer/requirements.lock.')
    resource = ran_out_of(error)
    if resource == 'disk':
        return OutOfResources('The disk is full.', 'Free some space or give --out a folder on a larger disk.')
    if resource == 'memory':
        return OutOfResources(
            f'The memory ran out: {str(error).splitlines()[0] if str(error) else type(error).__name__}.',
            'Lower recipe.batchSize, use method lora, or take a machine with more memory.',
        )
    return TrainerError(f'{type(error).__name__}: {error}', 'Read the log (stderr) for the traceback.')


def _fail(events: Events, error: TrainerError) -> int:
    events.emit('error', kind=error.kind, message=error.message, remedy=error.remedy)
    return error.exit_code


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
