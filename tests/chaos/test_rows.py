"""Every row of the matrix in its short size: what the server promises holds while it is being broken."""

import os

import pytest

from tests.chaos.rows import Row, all_rows
from tests.chaos.run import run

PATIENCE = float(os.environ.get("CHAOS_PATIENCE", "10"))
"""A bound on a time says here that something works at all; `make chaos` measures it on a machine that is free."""


@pytest.mark.parametrize("row", [row for row in all_rows() if row.p is not None], ids=lambda row: row.name)
async def test_it_keeps_its_promises_while_it_is_broken(row: Row) -> None:
    outcome = await run(row, "P", seed=1941, patience=PATIENCE)
    assert outcome.faults == []
    if outcome.skipped:
        pytest.skip(outcome.skipped)
