"""What can go wrong, with the exit code that says so and the remedy that mends it."""


class TrainerError(Exception):
    """A failure that a person can mend: one sentence of what, one of the remedy."""

    kind = 'TrainerError'
    exit_code = 1

    def __init__(self, message: str, remedy: str):
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class BadSpec(TrainerError):
    """The spec, or a file it names, is not what the command needs."""

    kind = 'BadSpec'
    exit_code = 2


class Preempted(TrainerError):
    """SIGTERM arrived; what was learned so far is in the last checkpoint."""

    kind = 'Preempted'
    exit_code = 3


class MissingDependency(TrainerError):
    """A Python package is not installed."""

    kind = 'MissingDependency'
    exit_code = 4


class OutOfResources(TrainerError):
    """The disk or the memory is full."""

    kind = 'OutOfResources'
    exit_code = 5


class MissingDevice(TrainerError):
    """The recipe needs a device that this machine lacks."""

    kind = 'MissingDevice'
    exit_code = 6
