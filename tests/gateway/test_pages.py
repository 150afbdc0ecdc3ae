"""The pages: files as they were built, one page for every other path, a strict policy on all of it."""

from pathlib import Path

import httpx2
import pytest

from server.gateway.pages import FOR_EVER, POLICY
from server.rooms.embedded import EmbeddedValkey
from tests.gateway.workers import running


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>The page</title>")
    (folder / "icon.svg").write_text("<svg/>")
    (folder / "assets" / "page-1a2b.js").write_text("export {}")
    (tmp_path / "secret.txt").write_text("not for anybody")
    return folder


async def test_every_answer_says_what_its_page_may_do(valkey: EmbeddedValkey, built: Path) -> None:
    async with running(valkey.url, client_folder=built) as worker, httpx2.AsyncClient(base_url=worker.url) as client:
        kept = {
            "/": "no-cache",
            "/assets/page-1a2b.js": FOR_EVER,
            "/assets/none.js": "no-cache",
            "/api/rooms": "no-store",
        }
        for path, how_long in kept.items():
            answer = await client.get(path)
            assert answer.headers["content-security-policy"] == POLICY
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cache-control"] == how_long
        refused = await client.post("/api/session", headers={"origin": "https://elsewhere.example"})
        assert refused.headers["content-security-policy"] == POLICY


async def test_a_path_is_a_file_or_the_page_and_never_leaves_the_folder(valkey: EmbeddedValkey, built: Path) -> None:
    async with running(valkey.url, client_folder=built) as worker, httpx2.AsyncClient(base_url=worker.url) as client:
        assert (await client.get("/icon.svg")).text == "<svg/>"
        for path in (
            "/",
            "/room/ABCD-EFGH",
            "/..%2fsecret.txt",
            "/%2e%2e/secret.txt",
            "//etc/passwd",
            "/assets/..%2f..%2fsecret.txt",
        ):
            answer = await client.get(path)
            assert "not for anybody" not in answer.text
            assert "root:" not in answer.text
            assert "The page" in answer.text or answer.status_code == 404


async def test_without_a_built_client_it_says_how_to_build_one(valkey: EmbeddedValkey, tmp_path: Path) -> None:
    async with running(valkey.url, client_folder=tmp_path) as worker, httpx2.AsyncClient() as client:
        answer = await client.get(worker.url)
        assert (answer.status_code, "make client" in answer.text) == (503, True)


def test_the_policy_lets_no_script_in_but_our_own() -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert "unsafe-eval" not in POLICY
    assert "unsafe-inline" not in rules["script-src"] + rules["style-src"]
