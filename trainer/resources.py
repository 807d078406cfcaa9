"""How much memory this process uses, and which errors mean that a resource ran out."""

import errno
import resource
import sys
from pathlib import Path

_STATUS = Path('/proc/self/statm')
_MEMORY_PHRASES = ('out of memory', "can't allocate memory", 'not enough memory', 'bad_alloc')


def peak_rss_bytes() -> int:
    """The largest resident set of this process so far. (macOS counts bytes, Linux KiB.)"""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == 'darwin' else peak * 1024


def rss_bytes() -> int:
    """The resident set now; where the system does not tell, the peak."""
    if not _STATUS.exists():
        return peak_rss_bytes()
    return int(_STATUS.read_text().split()[1]) * resource.getpagesize()


def ran_out_of(error: BaseException) -> str | None:
    """'disk' or 'memory' when that is what the error is about, else None."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return 'disk'
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return 'memory'
    text = str(error).lower()
    if 'no space left' in text:
        return 'disk'
    return 'memory' if any(phrase in text for phrase in _MEMORY_PHRASES) else None
