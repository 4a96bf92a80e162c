"""Where a list goes on: opaque to callers, and good only for the question that it was given for."""

from __future__ import annotations

import base64
import binascii
import hashlib

import msgspec

_VERSION = 1


class CursorError(ValueError):
    """A cursor that none of these lists gave: ``args[0]`` says what to do."""


def written(question: bytes, last: str) -> str:
    """The cursor behind the row of id ``last``, for the list that ``question`` (any bytes that tell it) asks for."""
    packed = msgspec.msgpack.encode([_VERSION, _digest(question), last])
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii")


def read(question: bytes, cursor: str) -> str:
    """The id of the row behind which the list goes on.

    Raises:
        CursorError: it is no cursor, or one of another list.
    """
    try:
        packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        version, digest, last = msgspec.msgpack.decode(packed, type=tuple[int, bytes, str])
    except (ValueError, binascii.Error, msgspec.DecodeError):
        raise CursorError("no list gave this cursor; take that of `next`, whole") from None
    if version != _VERSION or digest != _digest(question):
        raise CursorError("a cursor of another list; ask for the first page, or repeat all filters as they were")
    return last


def _digest(question: bytes) -> bytes:
    return hashlib.blake2b(question, digest_size=8).digest()
