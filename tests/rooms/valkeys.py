"""Real Valkey servers on real ports: a master with replicas and its sentinels, a cluster. All end with the tests."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from server.rooms.embedded import binary
from server.rooms.lifeline import spawn_tied
from tests.ports import free_port

PATIENCE_SECONDS = 90
SERVICE = "nineteenth"
_COMMON = ("--bind", "127.0.0.1", "--daemonize", "no", "--save", "", "--protected-mode", "no")
_STORE = ("--appendonly", "yes", "--maxmemory-policy", "noeviction", "--repl-diskless-sync-delay", "0")


def until(is_so: Any, what: str) -> None:
    """Wait until it is so; an error of the client means: not yet."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        with contextlib.suppress(RedisError, OSError):
            if is_so():
                return
        assert time.monotonic() < deadline, f"in {PATIENCE_SECONDS} s not: {what}"
        time.sleep(0.05)


@dataclass
class Valkey:
    """One server process on a port of 127.0.0.1, in a folder of its own."""

    folder: Path
    port: int
    words: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, again perhaps, and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            command = [str(binary()), *self.words, "--port", str(self.port), "--dir", str(self.folder), *_COMMON]
            self.process = spawn_tied(command, output=log.fileno())
        until(self._answers, f"an answer of the server in {self.folder}")

    @property
    def client(self) -> Redis:
        """A client of this very server."""
        return Redis(port=self.port, socket_timeout=5, retry=None, decode_responses=True)

    def do(self, *words: str | int) -> Any:
        """One command."""
        with self.client as client:
            return client.execute_command(*words)

    def kill(self) -> None:
        """End it as a crash would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def _answers(self) -> bool:
        assert self.is_running(), (self.folder / "log").read_text()
        return bool(self.client.ping())

    def is_running(self) -> bool:
        """Whether its process lives."""
        return self.process is not None and self.process.poll() is None

    def freeze(self) -> None:
        """Let it stand still, its connections open."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGCONT)


@dataclass
class Watched:
    """A master with replicas, and sentinels that watch them."""

    servers: list[Valkey]
    sentinels: list[Valkey] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address of the master that the sentinels name."""
        return f"redis+sentinel://{','.join(f'127.0.0.1:{s.port}' for s in self.sentinels)}/{SERVICE}"

    def named(self) -> Valkey:
        """The server that a sentinel calls the master."""
        _, port = self.sentinels[0].do("SENTINEL", "GET-MASTER-ADDR-BY-NAME", SERVICE)
        return next(server for server in self.servers if server.port == int(port))

    def until_settled(self, replicas: int) -> Valkey:
        """Wait until the named master takes writes and has so many replicas that follow; it."""
        until(lambda: self._is_settled(replicas), f"a master with {replicas} replicas")
        return self.named()

    def bring_back(self, server: Valkey) -> None:
        """Make a server that was the master follow the next; sentinels do the same, ten seconds later."""
        until(lambda: self.named() is not server, "another master")
        server.do("REPLICAOF", "127.0.0.1", self.named().port)

    def _is_settled(self, replicas: int) -> bool:
        with self.named().client as client:
            told: Any = client.info("replication")
        online = [told[name] for name in told if name.startswith("slave") and isinstance(told[name], dict)]
        follow = sum(each["state"] == "online" for each in online)
        return told["role"] == "master" and follow >= replicas and self._is_undisputed(self.named())

    def _is_undisputed(self, master: Valkey) -> bool:
        """Whether all sentinels have the same view of it, and none is about to name another."""
        for sentinel in self.sentinels:
            said = _said_by(sentinel)
            if (int(said["port"]), said["flags"]) != (master.port, "master"):
                return False
        return True


@contextmanager
def watched(folder: Path, *, servers: int = 3, min_replicas: int = 1) -> Iterator[Watched]:
    """`servers` servers, the first of them the master, and three sentinels, two of which have to agree."""
    safe = ("--min-replicas-to-write", str(min_replicas), "--min-replicas-max-lag", "5")
    found = Watched([Valkey(folder / f"server{n}", free_port(), (*_STORE, *safe)) for n in range(servers)])
    with ExitStack() as ending:
        for server in found.servers:
            ending.callback(server.kill)
            server.start()
        for server in found.servers[1:]:
            server.do("REPLICAOF", "127.0.0.1", found.servers[0].port)
        for number in range(3):
            sentinel = _sentinel(folder / f"sentinel{number}", found.servers[0].port)
            ending.callback(sentinel.kill)
            sentinel.start()
            found.sentinels.append(sentinel)
        found.until_settled(servers - 1)
        until(lambda: all(_knows_all(sentinel, servers - 1) for sentinel in found.sentinels), "sentinels that agree")
        yield found


def _sentinel(folder: Path, master: int) -> Valkey:
    folder.mkdir(parents=True)
    lines = (
        f"monitor {SERVICE} 127.0.0.1 {master} 2",
        f"down-after-milliseconds {SERVICE} 1000",
        f"failover-timeout {SERVICE} 2000",
    )
    file = folder / "sentinel.conf"
    file.write_text("".join(f"sentinel {line}\n" for line in lines), encoding="utf-8")
    return Valkey(folder, free_port(), (str(file), "--sentinel"))


def _knows_all(sentinel: Valkey, replicas: int) -> bool:
    said = _said_by(sentinel)
    return int(said["num-other-sentinels"]) == 2 and int(said["num-slaves"]) == replicas


def _said_by(sentinel: Valkey) -> Mapping[str, Any]:
    """What a sentinel says of the master, in the words of the protocol or in those of the library."""
    with sentinel.client as client:
        told: Any = client.execute_command("SENTINEL", "MASTER", SERVICE)
    return told if isinstance(told, dict) else dict(zip(told[::2], told[1::2], strict=True))


@dataclass
class Nodes:
    """A cluster: as many primaries as it has replicas."""

    nodes: list[Valkey]

    @property
    def url(self) -> str:
        """The address of the cluster."""
        return f"redis+cluster://{','.join(f'127.0.0.1:{node.port}' for node in self.nodes)}"


@contextmanager
def clustered(folder: Path, *, primaries: int = 3) -> Iterator[Nodes]:
    """A cluster with one replica for each primary."""
    words = (*_STORE, "--cluster-enabled", "yes", "--cluster-node-timeout", "2000")
    nodes = [Valkey(folder / f"node{n}", free_port(), words) for n in range(2 * primaries)]
    with ExitStack() as ending:
        for node in nodes:
            ending.callback(node.kill)
            node.start()
        for number, node in enumerate(nodes[:primaries]):
            first, last = (16384 * n // primaries for n in (number, number + 1))
            node.do("CLUSTER", "ADDSLOTSRANGE", first, last - 1)
        for epoch, node in enumerate(nodes, 1):
            node.do("CLUSTER", "SET-CONFIG-EPOCH", epoch)
        for node in nodes[1:]:
            node.do("CLUSTER", "MEET", "127.0.0.1", nodes[0].port)
        until(lambda: all(_known(node) == len(nodes) for node in nodes), "nodes that have met")
        for primary, replica in zip(nodes, nodes[primaries:], strict=False):
            until(partial(_follows, replica, primary), "a replica that knows its primary")
        until(lambda: all(_is_ready(node) for node in nodes), "a cluster that serves")
        yield Nodes(nodes)


def _follows(replica: Valkey, primary: Valkey) -> bool:
    return bool(replica.do("CLUSTER", "REPLICATE", primary.do("CLUSTER", "MYID")))


def _known(node: Valkey) -> int:
    return int(_cluster_info(node)["cluster_known_nodes"])


def _is_ready(node: Valkey) -> bool:
    with node.client as client:
        told: Any = client.info("replication")
    linked = (told["role"] == "master" and told["connected_slaves"] == 1) or told.get("master_link_status") == "up"
    return bool(linked) and _cluster_info(node)["cluster_state"] == "ok"


def _cluster_info(node: Valkey) -> dict[str, str]:
    told = node.do("CLUSTER", "INFO")
    if isinstance(told, dict):
        return {str(name): str(value) for name, value in told.items()}
    return dict(line.split(":", 1) for line in str(told).split())
