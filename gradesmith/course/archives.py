"""Opens a zip archive that was handed in, in memory: nothing of it is unpacked to disk, nothing of it is trusted."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

# The table of contents takes 46 bytes and a name per entry; it is read whole, so it must be small.
LARGEST_CONTENTS = 200_000
LONGEST_NAME = 200
END, END_64 = b"PK\5\6", b"PK\6\7"
WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what others allow may take any amount of memory to unpack
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError, NotImplementedError)


class BadArchive(Exception):
    """The archive can't be used; the text says why."""


def unzipped(content: bytes, most_bytes: int) -> dict[str, bytes]:
    """Return the files at the top of an archive, or in the one folder it holds, by name.

    Links, hidden files, files in deeper folders and names that lead elsewhere are left out.

    Raises:
        BadArchive: When it is no intact archive, or unpacks to more than ``most_bytes``.
    """
    _refuse_large_contents(content)
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name, entry in _at_the_top(archive.infolist()):
                with archive.open(entry) as file:
                    files[name] = file.read(most_bytes + 1)
                most_bytes -= len(files[name])
                if most_bytes < 0:
                    message = "unpacks to too much"
                    raise BadArchive(message)
    except (*BROKEN, RuntimeError) as error:  # a password is asked for with a RuntimeError
        message = f"can't be opened: {error}"
        raise BadArchive(message) from error
    return files


def _refuse_large_contents(content: bytes) -> None:
    """Judge the size of the table of contents before `zipfile` reads it."""
    at = content.rfind(END)
    if at < 0 or len(content) < at + 22:
        message = "is no zip archive"
        raise BadArchive(message)
    (size,) = struct.unpack_from("<I", content, at + 12)
    if size > LARGEST_CONTENTS or content[max(at - 20, 0) : at].startswith(END_64):
        message = "holds too many files"
        raise BadArchive(message)


def _at_the_top(entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Yield the plain files at the top, with their names; if all lie in one folder, that is the top."""
    usable = [(PurePosixPath(entry.filename).parts, entry) for entry in entries if _is_plain(entry)]
    firsts = {parts[0] for parts, _ in usable}
    level = 1 if len(firsts) == 1 and all(len(parts) > 1 for parts, _ in usable) else 0
    yield from ((parts[level], entry) for parts, entry in usable if len(parts) == level + 1)


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename).parts
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    odd = entry.filename.startswith("/") or "\\" in entry.filename or len(entry.filename.encode()) > LONGEST_NAME
    kind = stat.S_IFMT(entry.external_attr >> 16)
    plain = not entry.is_dir() and kind in {0, stat.S_IFREG} and entry.compress_type in WAYS
    return bool(parts) and plain and not hidden and not odd
