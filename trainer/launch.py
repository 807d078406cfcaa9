"""Several processes of one training on this machine, without a launcher from outside.

They are in this process's group, so that whoever ends the group ends them; `accelerate launch` gives each a session of
its own, which a worker could not kill.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

from trainer.errors import BadSpec, MissingDependency, MissingDevice, OutOfResources, Preempted, TrainerError
from trainer.events import Events
from trainer.fields import Fields

_KINDS = (BadSpec, Preempted, MissingDependency, OutOfResources, MissingDevice, TrainerError)
# How long the others may take to end by themselves when one has failed.
_GRACE_SECONDS = 5.0
_POLL_SECONDS = 0.1


def processes_wanted(spec: Fields) -> int:
    """recipe.processes, without a look at the other fields."""
    recipe = spec.value.get('recipe')
    wanted = recipe.get('processes', 1) if isinstance(recipe, dict) else 1
    return wanted if isinstance(wanted, int) else 1


def is_launched() -> bool:
    return 'WORLD_SIZE' in os.environ


def places(processes: int) -> list[dict[str, str]]:
    """What each process is told by its environment: where they meet, and its rank."""
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        port = probe.getsockname()[1]
    meeting = {'WORLD_SIZE': str(processes), 'MASTER_ADDR': '127.0.0.1', 'MASTER_PORT': str(port)}
    return [{**meeting, 'RANK': str(rank), 'LOCAL_RANK': str(rank)} for rank in range(processes)]


def launch(processes: int, arguments: list[str], events: Events) -> None:
    """Run `python -m trainer` with these arguments in `processes` processes, and pass on what they say on stdout.

    Raises the first error that one of them told. A SIGTERM is passed on: all of them checkpoint and end.
    """
    children = [
        subprocess.Popen(
            [sys.executable, '-m', 'trainer', *arguments],
            env={**os.environ, **place},
            stdout=subprocess.PIPE,
            text=True,
        )
        for place in places(processes)
    ]
    errors: list[dict] = []
    readers = [threading.Thread(target=_pass_on, args=(child, events, errors), daemon=True) for child in children]
    with _passing_on_sigterm(children):
        for reader in readers:
            reader.start()
        code = _wait(children)
    for reader in readers:
        reader.join()
    if code != 0:
        raise _failure(code, errors)


def _pass_on(child: subprocess.Popen, events: Events, errors: list[dict]) -> None:
    for line in child.stdout:
        event = json.loads(line)
        if event['event'] == 'error':
            errors.append(event)
        else:
            events.pass_on(line)


@contextlib.contextmanager
def _passing_on_sigterm(children: list[subprocess.Popen]) -> Iterator[None]:
    def pass_on(signum, frame) -> None:
        for child in children:
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, pass_on)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _wait(children: list[subprocess.Popen]) -> int:
    """0 when all end well, else the exit code of the first that failed; the others are killed soon after."""
    failed, since = 0, 0.0
    while any(child.poll() is None for child in children):
        bad = next((child.returncode for child in children if child.returncode not in (None, 0)), 0)
        if bad and not failed:
            failed, since = bad, time.monotonic()
        if failed and time.monotonic() - since > _GRACE_SECONDS:
            for child in children:
                if child.poll() is None:
                    child.kill()
        time.sleep(_POLL_SECONDS)
    return failed or next((child.returncode for child in children if child.returncode != 0), 0)


def _failure(code: int, errors: list[dict]) -> TrainerError:
    kind = next((kind for kind in _KINDS if kind.exit_code == code), TrainerError)
    for error in errors:
        if error['kind'] == kind.kind:
            return kind(error['message'], error['remedy'])
    return TrainerError(f'One of the processes ended with {code}.', 'Read the log (stderr) for what it wrote last.')
