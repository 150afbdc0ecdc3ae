"""What a page holds in its memory and stores: everything that its person may know, and nothing else.

A page that was sent too much and hid it would pass every test of what is shown. So the whole heap of a real browser's
page is searched for the words that others exchanged.
"""

from urllib.parse import urlsplit

from playwright.async_api import Page, expect

from rules.commands import Seal, Speak
from rules.forms import Text
from rules.ids import SEATS, Channel, Phase
from server.rooms import table as t
from tests.e2e.conftest import Table
from tests.gateway.guests import Guest, Window
from tests.gateway.test_canaries import Process

MARK = "kanareyka"
A_DAY = 86_400


async def held_by(page: Page) -> str:
    """The page's heap and its storage, as text."""
    line = await page.context.new_cdp_session(page)
    chunks: list[str] = []
    line.on("HeapProfiler.addHeapSnapshotChunk", lambda found: chunks.append(found["chunk"]))
    await line.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    await line.detach()
    stored = await page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    return "".join(chunks) + str(stored)


async def begun(table: Table) -> tuple[Page, list[Window]]:
    """Anna at her page, the host, and four others without pages."""
    anna = await table.person("Anna", table.server.url)
    page = anna.page
    await page.get_by_label("Your name").first.fill("Anna")
    await page.locator("input[value=nineteenth]").check()
    await page.locator("input[value=correspondence]").check()
    await page.get_by_role("button", name="Open the room").click()
    code = (await page.get_by_test_id("room-code").first.inner_text()).replace("-", "").strip()
    windows = []
    for number in range(1, 5):
        guest = await Guest(Process(urlsplit(table.server.url).port or 0)).arrive()  # type: ignore[arg-type]
        table.stack.push_async_callback(guest.leave)
        await guest.sit(code, f"Officer {number}")
        windows.append(await (await guest.enter(code)).shown())
        await windows[-1].done(t.GetReady(True))
    await page.get_by_role("button", name="Begin the match").click()
    await expect(page.get_by_test_id("role-card")).to_be_visible()
    return page, windows


async def test_the_memory_of_a_page_holds_no_word_that_its_person_may_not_know(table: Table) -> None:
    page, windows = await begun(table)
    await table.pass_time(A_DAY)
    for window in windows:
        await window.until(lambda window: window.match.phase is Phase.WIRE)
    hidden, shown = [], []
    for number, window in enumerate(windows):
        you = window.match.you
        assert you is not None
        other = next(seat for seat in SEATS[1:] if seat is not you.seat)
        hidden.append(f"{MARK}-letter-{number}")
        await window.done(t.Play(Speak(Channel.LETTER, Text(hidden[-1]), to=other)))
        can = window.match.can
        assert can is not None
        assert can.seal is not None
        await window.done(t.Play(Seal((can.seal.orders[number],))))
    for to in (SEATS[0], None):
        shown.append(f"{MARK}-for-{to or 'all'}")
        channel = Channel.LETTER if to else Channel.OPEN
        await windows[0].done(t.Play(Speak(channel, Text(shown[-1]), to=to)))
    for back in range(2):
        await expect(page.get_by_text(shown[-1]).first).to_be_visible()
        memory = await held_by(page)
        assert [word for word in shown if word not in memory] == []
        assert [word for word in hidden if word in memory] == []
        if back == 0:
            await page.reload()
    assert table.errors == []
