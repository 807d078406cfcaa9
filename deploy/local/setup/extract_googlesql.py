"""Takes GoogleSQL's WebAssembly and its message descriptors out of the `zetasql` wheel.

    python extract_googlesql.py <folder of the wheel> <output folder>

Writes `zetasql.wasm` and `zetasql.desc.bin`, a serialized FileDescriptorSet of the messages that the engine exchanges.
The generated Python modules of the wheel hold their descriptors as byte literals; they are read, never imported.
"""

import ast
import sys
import zipfile
from pathlib import Path

MODULES = 'zetasql/wasi/_pb2/zetasql/'
NEEDED = ('public', 'proto', 'local_service', 'parser', 'resolved_ast')
# Only the analyzer's output uses these two; they are larger than all others together.
UNUSED = ('parse_tree_pb2', 'resolved_ast/resolved_ast_pb2')


def length_prefix(length: int) -> bytes:
    """A protobuf varint."""
    prefix = bytearray()
    while length > 127:
        prefix.append(length & 127 | 128)
        length >>= 7
    prefix.append(length)
    return bytes(prefix)


def is_needed(name: str) -> bool:
    folders = name[len(MODULES) :].split('/')[:-1]
    return (
        name.startswith(MODULES)
        and name.endswith('_pb2.py')
        and any(folder in NEEDED for folder in folders)
        and not any(unused in name for unused in UNUSED)
    )


def descriptor_in(module: str) -> bytes:
    """The bytes that a generated module hands to `AddSerializedFile`."""
    for node in ast.walk(ast.parse(module)):
        if isinstance(node, ast.Call) and getattr(node.func, 'attr', '') == 'AddSerializedFile':
            literal = node.args[0]
            if isinstance(literal, ast.Constant) and isinstance(literal.value, bytes):
                return literal.value
    return b''


def extract(wheel: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        descriptors = bytearray()
        for name in filter(is_needed, archive.namelist()):
            descriptor = descriptor_in(archive.read(name).decode())
            if descriptor:
                # Field 1 of FileDescriptorSet, length-delimited.
                descriptors += b'\x0a' + length_prefix(len(descriptor)) + descriptor
        (out / 'zetasql.wasm').write_bytes(archive.read('zetasql/wasi/zetasql.wasm'))
        (out / 'zetasql.desc.bin').write_bytes(descriptors)


if __name__ == '__main__':
    extract(next(Path(sys.argv[1]).glob('zetasql-*.whl')), Path(sys.argv[2]))
