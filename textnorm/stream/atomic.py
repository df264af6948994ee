"""Files that are replaced as a whole or not at all.

Output goes to a temporary file in the same folder and takes the place of the target in one step when
it is complete and on disk. An error, a full disk, Ctrl-C or a power cut leave the target as it was.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from types import TracebackType

from textnorm.stream.readers import cannot

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class AtomicFile:
    """A context manager around a new version of the file at `path`; leaving it normally puts it in place.

    The new file has the mode, and where allowed the owner, of the old one; a symbolic link stays a link.
    """

    def __init__(self, path: str) -> None:
        self.name = path
        self._target = os.path.realpath(path)
        self._folder = os.path.dirname(self._target)
        self._temp = os.path.join(self._folder, f".textnorm-{secrets.token_hex(8)}.tmp")
        self._open = True
        try:
            self._before: os.stat_result | None = os.stat(self._target)
        except OSError:
            self._before = None
        try:
            if self._before is not None and not os.access(self._target, os.W_OK):
                raise PermissionError(errno.EACCES, "it is read-only")
            # 0o666 is cut down by the umask, as for any new file.
            self.fd = os.open(self._temp, _NEW_FILE, 0o666)
        except OSError as error:
            raise cannot("write", path, error) from None

    def commit(self) -> None:
        """Put the new file in the place of the old one."""
        try:
            if self._before is not None:
                self._take_over(self._before)
            os.fsync(self.fd)
            self._close()
            os.replace(self._temp, self._target)
            self._sync_folder()
        except OSError as error:
            self.discard()
            raise cannot("write", self.name, error) from None
        except BaseException:
            self.discard()
            raise

    def discard(self) -> None:
        """Drop what was written; the target stays as it was."""
        with suppress(OSError):
            self._close()
        with suppress(FileNotFoundError):
            os.unlink(self._temp)

    def _take_over(self, before: os.stat_result) -> None:
        if hasattr(os, "fchown"):
            with suppress(PermissionError):
                os.fchown(self.fd, before.st_uid, before.st_gid)
        os.chmod(self._temp, stat.S_IMODE(before.st_mode))

    def _close(self) -> None:
        if self._open:
            self._open = False
            os.close(self.fd)

    def _sync_folder(self) -> None:
        if not hasattr(os, "O_DIRECTORY"):
            return
        with suppress(OSError):  # some file systems cannot sync a folder; the file itself is safe
            folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def __enter__(self) -> AtomicFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._open:
            return
        if error is None:
            self.commit()
        else:
            self.discard()


def is_replaceable(path: str) -> bool:
    """Whether `path` is a plain file or nothing yet; devices and named pipes are written to directly."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return True
