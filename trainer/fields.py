"""Reading a spec: every complaint names the field and says what to write instead."""

import json
import re
from pathlib import Path
from typing import Any

from trainer.errors import BadSpec, MissingDependency

_REQUIRED = object()


def read_spec(path: str | Path) -> 'Fields':
    """The object in a JSON or YAML file; paths in it are relative to the file's folder.

    Raises BadSpec when the file is not there or holds no object.
    """
    try:
        text = Path(path).read_text(encoding='utf-8')
    except OSError as error:
        raise BadSpec(
            f'The spec {path} cannot be read: {error.strerror}.', 'Give --spec the path of a JSON or YAML file.'
        ) from error
    try:
        value = json.loads(text) if text.lstrip().startswith('{') else _parse_yaml(text)
    except ValueError as error:
        reason = ' '.join(str(error).split())
        raise BadSpec(
            f'The spec {path} is neither JSON nor YAML: {reason}.', 'Mend the file so that it holds one object.'
        ) from error
    return Fields(value, '', Path(path).resolve().parent)


def _parse_yaml(text: str) -> Any:
    try:
        import yaml
    except ModuleNotFoundError as error:
        raise MissingDependency('The Python package pyyaml is not installed.', 'Run `npm run setup`.') from error

    class Loader(yaml.SafeLoader):
        """YAML 1.1 takes 1e-4 for a text; everyone who writes a learning rate means the number."""

    number = re.compile(r'[-+]?(\d+\.?\d*|\.\d+)[eE][-+]?\d+')
    Loader.add_implicit_resolver('tag:yaml.org,2002:float', number, list('-+.0123456789'))
    try:
        return yaml.load(text, Loader)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


class Fields:
    """One JSON object of a spec, read field by field.

    `done()` complains of fields that nobody asked for: a misspelt field must not be ignored silently.
    """

    def __init__(self, value: Any, where: str, folder: Path | None = None):
        if not isinstance(value, dict):
            name = where or 'The spec'
            raise BadSpec(f'{name} must be a JSON object, not {_show(value)}.', f'Write {name} as {{...}}.')
        self._value = value
        self._where = where
        self._folder = folder
        self._asked: set[str] = set()

    def name(self, field: str) -> str:
        return f'{self._where}.{field}' if self._where else field

    def has(self, field: str) -> bool:
        self._asked.add(field)
        return self._value.get(field) is not None

    def raw(self, field: str, default: Any = _REQUIRED) -> Any:
        self._asked.add(field)
        value = self._value.get(field)
        if value is not None:
            return value
        if default is _REQUIRED:
            raise BadSpec(f'{self.name(field)} is missing.', f'Add {self.name(field)} to the spec.')
        return default

    @property
    def value(self) -> dict[str, Any]:
        """All of it, as it was written."""
        return self._value

    def put(self, field: str, value: Any) -> None:
        """Set a field, as if the spec had said so."""
        self._value = {**self._value, field: value}

    def number(self, field: str, default: Any = _REQUIRED, *, minimum: float = 0.0, above: bool = False) -> float:
        value = self.raw(field, default)
        if value is default:
            return value
        bound = f'a number above {minimum:g}' if above else f'a number of at least {minimum:g}'
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or value < minimum
            or (above and value == minimum)
        ):
            raise self._complain(field, value, bound)
        return float(value)

    def integer(self, field: str, default: Any = _REQUIRED, *, minimum: int = 0) -> int:
        value = self.raw(field, default)
        if value is default:
            return value
        if isinstance(value, bool) or not isinstance(value, int) or value < minimum:
            raise self._complain(field, value, f'a whole number of at least {minimum}')
        return value

    def boolean(self, field: str, default: Any = _REQUIRED) -> bool:
        value = self.raw(field, default)
        if not isinstance(value, bool):
            raise self._complain(field, value, 'true or false')
        return value

    def text(self, field: str, default: Any = _REQUIRED) -> str:
        value = self.raw(field, default)
        if value is not default and not (isinstance(value, str) and value):
            raise self._complain(field, value, 'a text that is not empty')
        return value

    def choice(self, field: str, choices: tuple[str, ...], default: Any = _REQUIRED) -> str:
        value = self.raw(field, default)
        if value not in choices:
            raise self._complain(field, value, 'one of ' + ', '.join(choices))
        return value

    def texts(self, field: str, default: Any = _REQUIRED) -> list[str]:
        value = self.raw(field, default)
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self._complain(field, value, 'a list of texts')
        return list(value)

    def path(self, field: str, default: Any = _REQUIRED) -> Path | None:
        value = self.text(field, default)
        if value is default:
            return None
        path = Path(value) if self._folder is None else self._folder / value
        if not path.exists():
            raise BadSpec(
                f'{self.name(field)} names {value}, which does not exist.',
                f'Give {self.name(field)} a path that exists.',
            )
        return path

    def object(self, field: str, default: Any = _REQUIRED) -> 'Fields | None':
        value = self.raw(field, default)
        return None if value is default else Fields(value, self.name(field), self._folder)

    def objects(self, field: str) -> list['Fields']:
        value = self.raw(field)
        if not isinstance(value, list):
            raise self._complain(field, value, 'a list of objects')
        return [Fields(item, f'{self.name(field)}[{index}]', self._folder) for index, item in enumerate(value)]

    def done(self) -> None:
        """Raises BadSpec for the first field that was never asked for."""
        for field in self._value:
            if field not in self._asked:
                known = ', '.join(sorted(self._asked))
                raise BadSpec(f'{self.name(field)} is not a field of this spec.', f'Remove it or use one of: {known}.')

    def _complain(self, field: str, value: Any, expected: str) -> BadSpec:
        name = self.name(field)
        return BadSpec(f'{name} must be {expected}, not {_show(value)}.', f'Give {name} {expected}.')


def _show(value: Any) -> str:
    text = json.dumps(value, default=str)
    return text if len(text) <= 60 else text[:57] + '...'
