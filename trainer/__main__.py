"""python -m trainer <train|merge|export|describe> --spec spec.json --out folder [--resume checkpoint]

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
from trainer.resources import ran_out_of

COMMANDS = {
    'train': ('trainer.train.run', ('torch', 'transformers', 'tokenizers', 'safetensors')),
    'merge': ('trainer.merge.run', ('torch', 'transformers', 'tokenizers', 'safetensors')),
    'export': ('trainer.export.run', ('numpy', 'onnx', 'safetensors')),
    'describe': ('trainer.describe', ('torch',)),
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog='python -m trainer', description='Train, merge and export models.')
    parser.add_argument('command', choices=sorted(COMMANDS))
    parser.add_argument('--spec', help='a JSON file that says what to do')
    parser.add_argument('--out', help='the folder to write to')
    parser.add_argument('--resume', help='a checkpoint folder, or a folder of checkpoints (train only)')
    options = parser.parse_args(arguments)
    events = claim_stdout()
    signal.signal(signal.SIGTERM, _stop_before_first_step)
    try:
        result = _run(options, events)
    except TrainerError as error:
        return _fail(events, error)
    except Exception as error:
        traceback.print_exc(file=sys.stderr)
        return _fail(events, _as_trainer_error(error))
    events.emit('done', result=result)
    return 0


def _run(options: argparse.Namespace, events: Events) -> dict:
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
        raise BadSpec(f'{options.command} needs --spec and --out.', 'Give both: a JSON file and a folder to write to.')
    # The spec is read before the libraries, which take seconds to import.
    arguments = [read_spec(options.spec), Path(options.out), events]
    if options.command == 'train':
        arguments.append(options.resume and Path(options.resume))
    return importlib.import_module(module).run(*arguments)


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
    print(f'{error.kind}: {error.message} {error.remedy}', file=sys.stderr)
    return error.exit_code


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
