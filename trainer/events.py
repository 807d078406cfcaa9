"""Progress as JSON lines. Whoever started the process reads them; logs go to stderr."""

import json
import os
import sys
from typing import Any, TextIO


class Events:
    """Writes one JSON object a line, at once, to a stream that nothing else writes to."""

    def __init__(self, stream: TextIO):
        self._stream = stream

    def emit(self, event: str, **fields: Any) -> None:
        self._stream.write(json.dumps({'event': event, **fields}) + '\n')
        self._stream.flush()


def claim_stdout() -> Events:
    """Keep stdout for events: what any library prints from now on goes to stderr.

    The file descriptor is moved, not `sys.stdout` alone, because native code prints too.
    """
    sys.stdout.flush()
    stream = os.fdopen(os.dup(1), 'w', encoding='utf-8')
    os.dup2(2, 1)
    return Events(stream)
