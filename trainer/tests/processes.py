"""The trainer's command in processes of their own, which need not import its libraries anew."""

import json
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_LIBRARIES = [
    'torch',
    'transformers.models.llama.modeling_llama',
    'transformers.models.mixtral.modeling_mixtral',
    'peft',
]
_context = multiprocessing.get_context('forkserver')
_context.set_forkserver_preload(_LIBRARIES)


class Running:
    """One process; its events are read from what it writes to stdout."""

    def __init__(self, arguments: list[str], stdout: Path, environment: dict[str, str] | None = None):
        self._stdout = stdout
        self._process = _context.Process(target=_enter, args=(arguments, stdout, environment or {}), daemon=True)
        self._process.start()

    def kill(self, signal_number: int) -> None:
        os.kill(self._process.pid, signal_number)

    def wait(self) -> int:
        """The exit code; minus the signal's number where one killed it."""
        self._process.join()
        return self._process.exitcode

    def events(self) -> Iterator[dict]:
        """Each event as it comes, until the process ends."""
        seen = 0
        while True:
            ended = not self._process.is_alive()
            lines = self._stdout.read_text().splitlines(keepends=True) if self._stdout.exists() else []
            whole = [line for line in lines if line.endswith('\n')]
            yield from map(json.loads, whole[seen:])
            seen = len(whole)
            if ended:
                return
            time.sleep(0.02)


def _enter(arguments: list[str], stdout: Path, environment: dict[str, str]) -> None:
    os.environ.update(environment)
    os.dup2(os.open(stdout, os.O_CREAT | os.O_WRONLY | os.O_TRUNC), 1)
    from trainer.__main__ import main

    sys.exit(main(arguments))
