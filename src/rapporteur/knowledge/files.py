"""Data files in, checked plain data out, compiled once.

A data file is YAML or CSV that people edit. ``load_yaml`` reads one into a msgspec type and turns every mistake into
a ``KnowledgeError`` with file and line. ``compiled`` keeps the result of an expensive build as a MessagePack table
beside the package (written when the package is built) or in the user's cache, keyed by the sources' content, so that
start-up parses no YAML. MessagePack holds data only: a table can't run code.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import platformdirs

from rapporteur.errors import KnowledgeError

T = TypeVar("T")

DATA = Path(__file__).parent / "data"
SHIPPED = Path(__file__).parent / "compiled"
_shipping: Path | None = None
_KEPT = 16  # compiled forms of one table in the user's cache; each edit of a file of the user's makes another
_UNKNOWN = re.compile(r"unknown field `(.+?)`")
_STEP = re.compile(r"\.([\w-]+)|\[(\d+|\.\.\.)\]")


def load_yaml(path: Path, kind: type[T]) -> T:
    """Return the file's content as ``kind``; unknown, missing or ill-typed keys are errors.

    Raises:
        KnowledgeError: with the line at which the mistake stands.
    """
    import yaml  # late: start-up reads compiled tables, not YAML

    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=_yaml_loader())
        plain = yaml.load(text, Loader=_yaml_loader())
    except OSError as error:
        raise unreadable(path, error) from None
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).split("\n")[0]
        raise KnowledgeError(str(path), mark.line + 1 if mark else 0, f"not valid YAML: {problem}") from None
    for key in _repeated_keys(node):
        raise KnowledgeError(str(path), key.start_mark.line + 1, f"key `{key.value}` stands twice; valid: once")
    try:
        return msgspec.convert(plain, kind, strict=True)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `")
        where = where.rstrip("`")
        unknown = _UNKNOWN.search(message)
        if unknown:
            message += f"; valid: {', '.join(_keys_at(kind, where))}"
        elif "Expected `str" in message and re.search("got `(int|float|bool)`", message):
            message += "; write it in quotes"
        raise KnowledgeError(str(path), _line_of(node, where, unknown[1] if unknown else None), message) from None


def _repeated_keys(root: Any) -> Iterator[Any]:
    """Keys that stand a second time in one mapping; YAML would silently drop the first."""
    waiting, met = [root], set()
    while waiting:
        node = waiting.pop()
        children = getattr(node, "value", None)
        if not isinstance(children, list) or id(node) in met:
            continue
        met.add(id(node))
        seen: set[str] = set()
        for child in children:
            if isinstance(child, tuple):
                key, value = child
                if isinstance(key.value, str):
                    if key.value in seen:
                        yield key
                    seen.add(key.value)
                waiting.append(value)
            else:
                waiting.append(child)


def unreadable(path: Path, error: OSError) -> KnowledgeError:
    """What to say of a data file that can't be opened."""
    if isinstance(error, FileNotFoundError):
        return KnowledgeError(str(path), 0, "no such file; check the path")
    return KnowledgeError(str(path), 0, f"can't be read: {error.strerror or error}")


def item_lines(path: Path, key: str) -> list[int]:
    """The line of each item of the list under ``key`` in a YAML file that has been read without error."""
    import yaml  # late: start-up reads compiled tables

    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_yaml_loader())
    pairs = node.value if node is not None else []
    return [item.start_mark.line + 1 for name, value in pairs if name.value == key for item in value.value]


def line_at(path: Path, where: str) -> int:
    """The line of what stands at a path such as ``$.clocks[2].rule`` in a YAML file that was read without error."""
    import yaml  # late: start-up reads compiled tables

    return _line_of(yaml.compose(path.read_text(encoding="utf-8"), Loader=_yaml_loader()), where)


def _keys_at(kind: Any, where: str) -> tuple[str, ...]:
    """The keys that a mapping at a msgspec path within ``kind`` may have."""
    from msgspec import inspect  # late: only a mistake needs it

    shape = inspect.type_info(kind)
    for match in _STEP.finditer(where):
        shape = _within(shape, match[1])
    shape = _told(shape)
    return tuple(f.encode_name for f in shape.fields) if isinstance(shape, inspect.StructType) else ()


def _told(shape: Any) -> Any:
    """What is there where it may be absent (``X | None``)."""
    return next((kind for kind in getattr(shape, "types", ()) if hasattr(kind, "fields")), shape)


def _within(shape: Any, key: str | None) -> Any:
    """The type of a struct's field, or of a list's items or a mapping's values; of what may be absent, the other."""
    shape = _told(shape)
    fields = getattr(shape, "fields", None)
    if fields is not None:
        return next((f.type for f in fields if f.encode_name == key), None)
    return getattr(shape, "item_type", None) or getattr(shape, "value_type", None)


@functools.cache
def _yaml_loader() -> Any:
    """A safe loader that reads ``on``, ``off``, ``yes``, ``no`` and dates as text, as YAML 1.2 does.

    In lists of English words and country codes those are words ("on", Norway's "NO"), never truth values.
    """
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        pass

    plain = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in plain]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
    return Loader


def _line_of(node: Any, where: str, stray: str | None = None) -> int:
    """Line of the deepest node on a msgspec path such as ``$.frames[3].mode``, or of the ``stray`` key in it."""
    line = node.start_mark.line + 1 if node is not None else 0
    for match in _STEP.finditer(where):
        key, index = match.groups()
        children = getattr(node, "value", None)
        if not isinstance(children, list):
            break
        if key is not None:
            node = next((v for k, v in children if getattr(k, "value", None) == key), None)
        elif index != "..." and int(index) < len(children):
            node = children[int(index)]
        else:
            break
        if node is None:
            break
        line = node.start_mark.line + 1
    children = getattr(node, "value", None)
    if stray is not None and isinstance(children, list):
        names = (pair[0] for pair in children if isinstance(pair, tuple))
        line = next((name.start_mark.line + 1 for name in names if name.value == stray), line)
    return line


def fingerprint(sources: Sequence[Path], salt: str) -> str:
    """Hash of the sources' names and bytes (and of ``salt``, the version of the code that builds from them)."""
    digest = hashlib.blake2b(salt.encode(), digest_size=12)
    for path in sources:
        digest.update(path.name.encode() + b"\0")
        try:
            digest.update(path.read_bytes())
        except OSError as error:
            raise unreadable(path, error) from None
    return digest.hexdigest()


def compiled(name: str, sources: Sequence[Path], kind: type[T], build: Callable[[], T], *, salt: str = "1") -> T:
    """The table ``name``, from its compiled form where that matches the sources, else built and kept.

    A table that can't be kept (read-only home) is built each time; nothing fails for that.
    """
    key = fingerprint(sources, salt)
    # A table that is to be shipped is not taken from the cache of whoever builds the package.
    for folder in (SHIPPED, _cache()) if _shipping is None else (SHIPPED,):
        table = _read(folder / f"{name}.{key}.msgpack", kind)
        if table is not None:
            return table
    table = build()
    write_table((_shipping or _cache()) / f"{name}.{key}.msgpack", table)
    if _shipping is None:
        _tidy(_cache(), name)
    return table


def _tidy(folder: Path, name: str) -> None:
    """Keep the compiled forms of a table that were used last."""
    with contextlib.suppress(OSError):
        made = sorted(folder.glob(f"{name}.*.msgpack"), key=lambda path: path.stat().st_mtime_ns)
        for path in made[:-_KEPT]:
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def shipping() -> Iterator[None]:
    """Within this, tables that are built are kept beside the package, to be shipped with it (the build hook's use)."""
    global _shipping
    _shipping = SHIPPED
    try:
        yield
    finally:
        _shipping = None


def write_table(path: Path, table: Any) -> None:
    """Write a table in one move, so that a reader never sees half of it; give up silently where that's not allowed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "wb") as out:
            out.write(msgspec.msgpack.encode(table))
        os.chmod(temporary, 0o644)  # a temporary file is its maker's alone; a shipped table is everybody's
        os.replace(temporary, path)
    except OSError:
        return


def _read(path: Path, kind: type[T]) -> T | None:
    try:
        table = msgspec.msgpack.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError):
        return None
    if path.parent != SHIPPED:
        with contextlib.suppress(OSError):
            os.utime(path)  # used now
    return table


def _cache() -> Path:
    return Path(platformdirs.user_cache_dir("rapporteur"))
