"""Addresses of files in content/media, with what a reader should know before downloading one."""

from __future__ import annotations

import mimetypes
import posixpath


class MediaAddress(str):
    """The address of a file, to be written as it is. `name`: the file's own; `size`: in bytes.

    `ending`: as people call the type, such as `PDF`; `media_type`: as machines do; both '' where unknown.
    """

    __slots__ = ("ending", "media_type", "name", "size")

    name: str
    ending: str
    media_type: str
    size: int


def media_address(address: str, path: str, size: int) -> MediaAddress:
    """The address of the file `path` below content/media."""
    made = MediaAddress(address)
    made.name = posixpath.basename(path)
    made.ending = posixpath.splitext(path)[1].lstrip(".").upper()
    made.media_type = _TYPES.guess_type(made.name)[0] or ""
    made.size = size
    return made


# The same on every machine: the tables of the operating system are left aside.
_TYPES = mimetypes.MimeTypes()
