"""Figures of the bots on this machine, for the documents: `make bench`.

Processor time, not wall time, so that other work on the machine hardly counts; one process, so one core.
"""

import time

from rich.console import Console
from rich.table import Table

from rules import lots
from rules.commands import SeatCommand
from rules.ids import SEATS
from rules.players import officer, strategist
from rules.players.lot import Draw
from rules.players.tables import Bot, seated
from rules.scenario import load
from rules.simulate import play
from rules.view import View

MATCHES = 40


class Timed:
    """A player whose every wake is timed, in ms of processor time."""

    def __init__(self, player: Bot) -> None:
        self.player = player
        self.wakes: list[float] = []

    def __call__(self, view: View, draw: Draw) -> tuple[SeatCommand, ...]:
        began = time.process_time_ns()
        commands = self.player(view, draw)
        self.wakes.append((time.process_time_ns() - began) / 1e6)
        return commands


def seed(number: int) -> bytes:
    return lots.draw(b"bench", str(number), 0)


def main() -> None:
    """Measure and print."""
    table = Table("Figure", "Value", title="The bots, on one core")
    began = time.process_time()
    for number in range(MATCHES):
        play(load(), seed(number), seated("officers", seed(number), {}))
    spent = time.process_time() - began
    table.add_row("matches of officers a second", f"{MATCHES / spent:.1f}")
    for name, player in (("officer", officer.act), ("strategist", strategist.act)):
        timed = Timed(player)
        for number in range(MATCHES // 4):
            play(load(), seed(number), dict.fromkeys(SEATS, timed))
        wakes = sorted(timed.wakes)
        for what, place in (("median", len(wakes) // 2), ("99 of 100 within", len(wakes) * 99 // 100), ("longest", -1)):
            table.add_row(f"{name}, a decision, {what}", f"{wakes[place]:.1f} ms")
    Console().print(table)


if __name__ == "__main__":
    main()
