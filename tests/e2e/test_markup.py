"""C12: what people write is shown as they wrote it: no markup of theirs comes alive, the policy has no work.

The corpus stands in names, in the list of rooms and in messages, in real Chromium.
"""

from playwright.async_api import Dialog, Page, expect

from rules.commands import Speak
from rules.forms import Text
from rules.ids import SEATS, Channel
from server.rooms import table as t
from tests.e2e.conftest import Table
from tests.gateway.guests import Guest
from tests.gateway.test_canaries import Process

A_DAY = 86_400
NAMES = ("<img src=x onerror=a()>", "<svg onload=alert(1)>", "<b id=alive>bold</b>", "javascript:alert(1)")
MESSAGES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)' id=alive>a link</a>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<style>@import 'https://elsewhere.example';</style>",
    "<base href='https://elsewhere.example/'><meta http-equiv=refresh content='0;url=https://elsewhere.example'>",
    "</textarea></script><script>alert(1)</script>",
    "{alert(1)} {@html '<b id=alive>'} {{constructor.constructor('alert(1)')()}} ${alert(1)}",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;",
    "'\"><img src=x onerror=alert(1)>",
    "[a link](javascript:alert(1)) https://elsewhere.example/<script>",
    "{ $code } { -term } { NUMBER($x) }",
    "__proto__ constructor toString",
)
ALIVE = """() => [
    ...document.querySelectorAll('#alive, [src="x"], [onerror], [onload], [ontoggle], iframe, base, math, [srcdoc]'),
    ...[...document.querySelectorAll('a[href]')].filter(link => !/^https?:$/.test(link.protocol)),
    ...[...document.querySelectorAll('script')].filter(each => !each.src),
].map(element => element.outerHTML)"""
WATCH = """() => {
    window.reports = [];
    document.addEventListener('securitypolicyviolation', (event) => window.reports.push(event.violatedDirective));
}"""


async def test_what_people_write_is_text_and_nothing_else(table: Table) -> None:
    port = int(table.server.url.rpartition(":")[2])
    server = Process(port)
    host = await Guest(server).arrive()  # type: ignore[arg-type]
    code = await host.open_room(NAMES[0], listed=True, pace="correspondence")

    anna = await table.person("Anna", "about:blank")
    page, dialogs = anna.page, list[str]()

    async def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        await dialog.dismiss()

    page.on("dialog", note)
    await page.add_init_script(f"({WATCH})()")
    await page.goto(table.server.url)
    await expect(page.get_by_text(NAMES[0])).to_be_visible()
    await nothing_came_alive(page, dialogs)

    await page.goto(f"{table.server.url}/room/{code}")
    form = page.get_by_test_id("sit-down")
    await form.get_by_label("Your name").fill(NAMES[1])
    await form.get_by_role("button", name="Sit down").click()
    await expect(page.get_by_test_id("seat-sokol")).to_contain_text(NAMES[0])
    others = [host]
    for name in NAMES[2:]:
        others.append(await Guest(server).arrive())  # type: ignore[arg-type]
        await others[-1].sit(code, name)
        await (await (await others[-1].enter(code)).shown()).done(t.GetReady(True))
        await expect(page.get_by_text(name).first).to_be_visible()
    await nothing_came_alive(page, dialogs)

    playing = await (await host.enter(code)).shown()
    await playing.done(t.SeatBot(SEATS[4], t.BotLevel.CONSCRIPT))
    await page.get_by_role("button", name="I am ready").click()
    await playing.until(lambda w: all(place.ready for seat, place in w.table.seats.items() if seat is not SEATS[0]))
    await playing.done(t.Start())
    await expect(page.get_by_test_id("role-card")).to_be_visible()
    await table.pass_time(A_DAY)
    await playing.until(lambda w: w.match.phase == "wire")
    for text in MESSAGES:
        await playing.done(t.Play(Speak(Channel.OPEN, Text(text))))
        await expect(page.get_by_test_id("log").get_by_text(text, exact=True)).to_be_visible()
    await nothing_came_alive(page, dialogs)
    await page.reload()
    await expect(page.get_by_test_id("log").get_by_text(MESSAGES[-1], exact=True)).to_be_visible()
    await nothing_came_alive(page, dialogs)
    assert table.errors == []
    for guest in others:
        await guest.leave()


async def nothing_came_alive(page: Page, dialogs: list[str]) -> None:
    """No element, no dialog and no report of the policy has come of what anybody wrote."""
    assert await page.evaluate(ALIVE) == []
    assert dialogs == []
    assert await page.evaluate("window.reports") == []
