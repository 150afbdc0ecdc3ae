"""Room codes survive being read aloud, and hold 40 bits."""

import pytest

from server.rooms.codes import is_code, new_code, read_code, show_code


def test_a_new_code_is_a_code_and_reads_back_as_people_write_it() -> None:
    for code in {new_code() for _ in range(100)}:
        assert is_code(code)
        assert read_code(code) == code
        assert read_code(show_code(code).lower()) == code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("abcd-efgh", "ABCDEFGH"),
        (" o1l0 iiii ", "01101111"),
        ("ABCD\u2013EFGH", "ABCDEFGH"),
        ("ABCDEFGU", None),
        ("ABCDEFG", None),
        ("", None),
        ("A-" * 4000, None),
        ("\u0410BCDEFGH", None),
    ],
)
def test_what_was_typed_is_read_as_meant_or_not_at_all(typed: str, meant: str | None) -> None:
    assert read_code(typed) == meant
