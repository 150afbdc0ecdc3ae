"""A child process that cannot outlive its parent. Below the loop: it keeps the store and the workers under one roof.

It must not know what it starts. Run as a script, this same file is the small program that ties itself to its
parent and then becomes the wanted command.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence

_PR_SET_PDEATHSIG = 1


def spawn_tied(
    command: Sequence[str], *, descriptors: Sequence[int] = (), output: int | None = None
) -> subprocess.Popen[bytes]:
    """Start `command`, tied to this process, in a process group of its own, so that Ctrl-C reaches the parent alone.

    On Linux the child gets SIGTERM when this process ends, however it ends. `descriptors` stay open in the child;
    `output` takes its standard output and error. Raises RuntimeError off the main thread: the tie follows the
    creating thread, and would end the child with it.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("a tied process has to be started from the main thread")
    # Not preexec_fn: Python code between fork and exec can deadlock in a process that has threads.
    shim = [sys.executable, "-I", "-S", __file__, str(os.getpid())]
    return subprocess.Popen(
        [*shim, *command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        pass_fds=tuple(descriptors),
        process_group=0,  # not a session: Linux may share the processors out by session before it asks who may wait
    )


def end(process: subprocess.Popen[bytes], patience: float) -> None:
    """Ask the process to stop, wait `patience` seconds, then kill it. Returns once it is gone."""
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _tie_to(parent: int) -> None:
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # it died before the tie held
        sys.exit(1)


if __name__ == "__main__":
    _tie_to(int(sys.argv[1]))
    os.execv(sys.argv[2], sys.argv[2:])
