"""Progress as JSON lines. Whoever started the process reads them; logs go to stderr."""

import json
import os
import sys
from typing import Any, TextIO


class Events:
    """Writes one JSON object a line, at once, to a stream that nothing else writes to.

    Of several processes that train together one tells what happens (`told`); what went wrong each tells itself.
    """

    def __init__(self, stream: TextIO, told: bool = True):
        self._stream = stream
        self._told = told

    def emit(self, event: str, **fields: Any) -> None:
        if self._told or event == 'error':
            self.pass_on(json.dumps({'event': event, **fields}) + '\n')

    def pass_on(self, line: str) -> None:
        """Write a line that another process's events made."""
        self._stream.write(line)
        self._stream.flush()


def claim_stdout(told: bool = True) -> Events:
    """Keep stdout for events: what any library prints from now on goes to stderr.

    The file descriptor is moved, not `sys.stdout` alone, because native code prints too.
    """
    sys.stdout.flush()
    stream = os.fdopen(os.dup(1), 'w', encoding='utf-8')
    os.dup2(2, 1)
    return Events(stream, told)
