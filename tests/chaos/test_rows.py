"""Every row of the matrix in its short size: what the server promises holds while it is being broken."""

import os

import pytest

from tests.chaos.rows import Row, all_rows
from tests.chaos.run import run

PATIENCE = float(os.environ.get("CHAOS_PATIENCE", "10"))
"""A bound on a time says here that something works at all; `make chaos` measures it on a machine that is free."""


STILL_TARGETS = {
    "A1": "under load some commands stay unanswered for a minute, and clients are live again too late",
    "A14": "slow readers delay the others by more than its bound",
}
"""Rows that do not hold yet, targets in ARCHITECTURE. `make chaos` runs them all the same, and fails by them."""


@pytest.mark.parametrize("row", [row for row in all_rows() if row.p is not None], ids=lambda row: row.name)
async def test_it_keeps_its_promises_while_it_is_broken(row: Row) -> None:
    if row.name in STILL_TARGETS:
        pytest.skip(STILL_TARGETS[row.name])
    outcome = await run(row, "P", seed=1941, patience=PATIENCE)
    assert outcome.faults == []
