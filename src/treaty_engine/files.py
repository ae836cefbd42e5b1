"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from treaty_engine.errors import Problem, Refused
from treaty_engine.signals import undisturbed


def write(files: Mapping[Path, bytes], *, mode: int = 0o666, lasting: bool = True) -> None:
    """Writes files: each aside, in the folder that it is for, and then all take their names, while Ctrl-C waits.

    A file that is there keeps its permissions, a new one has those of `mode` that the user's mask leaves. What is
    `lasting` is on the disk before it takes its name. Raises Refused where one cannot be written; then nothing is.
    """
    aside: dict[Path, Path] = {}
    path = Path()
    with undisturbed():
        try:
            for path, content in files.items():
                target = Path(os.path.realpath(path))  # a link stays one
                aside[target] = target.with_name(f".{token_hex(8)}.part")
                _write_aside(aside[target], content, _permissions(target), mode, lasting)
            for path, part in aside.items():
                os.replace(part, path)
        except OSError as wrong:
            raise Refused(Problem(f"`{path}` cannot be written: {wrong.strerror or wrong}")) from None
        finally:
            for part in aside.values():
                with suppress(OSError):
                    part.unlink(missing_ok=True)


def _permissions(target: Path) -> int | None:
    """The permissions of a file that may be replaced; None where there is none. Raises OSError at what may not be."""
    if not target.exists():
        return None
    if not target.is_file():
        raise OSError(errno.EISDIR if target.is_dir() else errno.EINVAL, "it is no ordinary file")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return target.stat().st_mode & 0o777


def _write_aside(part: Path, content: bytes, permissions: int | None, mode: int, lasting: bool) -> None:
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        if permissions is not None:
            part.chmod(permissions)
        file.write(content)
        if lasting:
            file.flush()
            os.fsync(file.fileno())
