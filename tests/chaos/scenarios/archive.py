"""Rows that need the archive: they stand in the list until it is there."""

from tests.chaos.rows import awaited

awaited("A5-checkpoint", "an empty store, restored from the archive's checkpoint", "comes with the archive")
awaited("A25", "SQL down at the end of a match; the archiver killed in mid-write", "comes with the archive")
awaited("A26-SQLite", "a full disk under SQLite", "comes with the archive")
