"""A network namespace with a worker's port in it, and the one link that leads there: a real network, on one machine.

It needs root and `ip`; `why_not` says what is missing.
"""

import asyncio
import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CLONE_NEWNET = 0x40000000


def why_not() -> str:
    """Why there can be no namespace here; empty if there can."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    return "" if shutil.which("ip") else "network namespaces need iproute2's ip"


class Namespace:
    """`here` and `there` are the two ends' addresses. Whoever opens sockets `within` it opens them there."""

    def __init__(self, name: str, number: int) -> None:
        self._name = name
        self._link = f"{name}0"
        self.here = f"10.19.{number}.1"
        self.there = f"10.19.{number}.2"

    def lay(self) -> None:
        """Make it, and the link."""
        inner = f"{self._name}1"
        _ip("netns", "add", self._name)
        _ip("link", "add", self._link, "type", "veth", "peer", "name", inner)
        _ip("link", "set", inner, "netns", self._name)
        _ip("addr", "add", f"{self.here}/24", "dev", self._link)
        _ip("link", "set", self._link, "up")
        _ip("-n", self._name, "addr", "add", f"{self.there}/24", "dev", inner)
        _ip("-n", self._name, "link", "set", inner, "up")
        _ip("-n", self._name, "link", "set", "lo", "up")

    def remove(self) -> None:
        """Take it all away."""
        for words in (("link", "del", self._link), ("netns", "del", self._name)):
            subprocess.run(["ip", *words], check=False, capture_output=True)

    async def unplug(self, seconds: float) -> None:
        """Break the link for a while: nobody is told, packets are just gone."""
        await asyncio.to_thread(_ip, "link", "set", self._link, "down")
        await asyncio.sleep(seconds)
        await asyncio.to_thread(_ip, "link", "set", self._link, "up")

    @contextmanager
    def within(self) -> Iterator[None]:
        """Sockets that this thread opens meanwhile are of the namespace, and stay so."""
        with Path("/proc/thread-self/ns/net").open() as outside, Path(f"/run/netns/{self._name}").open() as inside:
            _enter(inside.fileno())
            try:
                yield
            finally:
                _enter(outside.fileno())


def _enter(descriptor: int) -> None:
    if ctypes.CDLL(None, use_errno=True).setns(descriptor, _CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "the namespace can not be entered")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
