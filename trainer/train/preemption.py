"""SIGTERM, noticed where it does no harm."""

import signal
from types import FrameType


class StepInterrupted(Exception):
    """Raised inside a step that will be done again after resuming."""


class Preemption:
    """Remembers that SIGTERM came. `check()` raises StepInterrupted then; it is called between the layers of a step."""

    def __init__(self) -> None:
        self.requested = False

    def listen(self) -> None:
        signal.signal(signal.SIGTERM, self._note)

    def check(self) -> None:
        if self.requested:
            raise StepInterrupted

    def _note(self, signum: int, frame: FrameType | None) -> None:
        self.requested = True
