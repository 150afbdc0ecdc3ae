"""The command as an operator runs it: real processes, told apart by what they print and by how they end."""

import http.client
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from tests.ports import free_port

PATIENCE = 60


class Served:
    """`nineteenth serve` with two workers on a free port, and the processes that it started."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        environment = {name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "DATABASE_URL")}
        self.process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(self.port), "--workers", "2", "--data", str(folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
        )
        self.folder = folder

    def wait_for(self, words: str) -> str:
        """The next printed line that holds the words."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if words in line:
                return line
        raise AssertionError(f"it ended without saying {words!r}")

    def children(self) -> dict[int, str]:
        """The processes that it started, by id, with their command lines."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return {int(pid): Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode() for pid in listed}

    def child(self, words: str) -> int:
        return next(pid for pid, command in self.children().items() if words in command)

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/")
        return connection.getresponse().status < 500


COMMAND = [sys.executable, "-c", "from server.command_line import main; main()"]


def serving(folder: Path) -> Iterator[Served]:
    server = Served(folder)
    server.wait_for("on the wire")
    yield server
    server.process.kill()
    server.process.communicate()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    """A server that the test may end."""
    yield from serving(tmp_path)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that the tests share, and leave running."""
    yield from serving(tmp_path_factory.mktemp("served"))


def all_end(descriptors: list[int]) -> bool:
    return all(select.select([descriptor], [], [], PATIENCE)[0] for descriptor in descriptors)


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words], capture_output=True, text=True, timeout=PATIENCE, env={**os.environ, **environment}
    )


def test_it_says_where_it_is_and_answers_there(served: Served) -> None:
    assert served.answers()


def test_its_store_has_a_limit_of_memory_at_which_it_forgets_nothing(served: Served) -> None:
    store = (served.folder / "store" / "valkey.sock").resolve()
    with Redis.from_url(f"unix://{store}", decode_responses=True) as client:
        limits = client.config_get("maxmemory*")
    assert (limits["maxmemory"], limits["maxmemory-policy"]) == (str(512 << 20), "noeviction")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_stops_everything(own: Served, number: signal.Signals) -> None:
    descriptors = [os.pidfd_open(pid) for pid in own.children()]
    assert len(descriptors) == 3
    own.process.send_signal(number)
    assert own.process.wait(PATIENCE) == 0
    assert all_end(descriptors)


def test_nothing_is_left_when_it_is_killed(own: Served) -> None:
    descriptors = [os.pidfd_open(pid) for pid in own.children()]
    own.process.kill()
    assert all_end(descriptors)


def test_a_killed_worker_is_replaced_and_the_store_goes_on(served: Served) -> None:
    store, worker = served.child("valkey"), served.child("server.worker")
    os.kill(worker, signal.SIGKILL)
    served.wait_for(f"worker {worker} ended (-9)")
    assert served.answers()
    assert worker not in served.children()
    assert served.child("valkey") == store


def test_a_killed_store_is_started_again(served: Served) -> None:
    store = served.child("valkey")
    os.kill(store, signal.SIGKILL)
    served.wait_for("the embedded store had ended")
    assert served.child("valkey") != store
    assert served.answers()


def test_all_workers_are_replaced_one_by_one_on_request(served: Served) -> None:
    before = set(served.children())
    served.process.send_signal(signal.SIGUSR1)
    served.wait_for("another takes its place")
    served.wait_for("another takes its place")
    assert set(served.children()) & before == {served.child("valkey")}
    assert served.answers()


def test_a_port_in_use_is_named(served: Served, tmp_path: Path) -> None:
    refused = run("serve", "--port", str(served.port), "--data", str(tmp_path / "other"))
    assert refused.returncode == 1
    assert f"can not listen on 127.0.0.1 port {served.port}" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_data_folder_in_use_is_named(served: Served) -> None:
    refused = run("serve", "--port", str(free_port()), "--data", str(served.folder))
    assert refused.returncode == 1
    assert "another server is running on the data folder" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_wrong_setting_is_named_before_anything_starts(tmp_path: Path) -> None:
    refused = run("serve", "--data", str(tmp_path), NINETEENTH_CLOCK="mine")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "clock: Input should be 'store' or 'hand'" in refused.stderr
    assert list(tmp_path.iterdir()) == []
