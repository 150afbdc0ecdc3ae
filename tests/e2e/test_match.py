"""Five people and a watcher play a whole match in browsers, over two workers, beside the same match by the rules."""

import asyncio
from urllib.parse import urlsplit

from playwright.async_api import Page, expect

from rules.commands import Ready
from rules.ids import SEATS, WATCHER, Phase, Role, Seat, Viewer
from server.rooms import keys
from tests.e2e.barriers import barriers
from tests.e2e.cable import laid
from tests.e2e.conftest import Seated, Table
from tests.e2e.mirror import Mirror
from tests.e2e.pages import folded
from tests.e2e.script import SEED, steps

NAMES = dict(zip(SEATS, ("Anna", "Boris", "Вера", "Gleb", "Дарья"), strict=True))
A_DAY = 86_400  # each phase lasts one, so that only the hand that moves the clock ends it


async def test_five_browsers_and_a_watcher_play_a_whole_match(table: Table) -> None:
    async with laid(table.server.url) as cable:
        people: dict[Viewer, Seated] = {}
        host = people[Seat.SOKOL] = await table.person("Anna", table.server.url)
        code = await open_room(host.page)
        for seat in SEATS[1:]:
            address = cable.url if seat is Seat.VOLGA else table.server.url
            size = "phone" if seat is Seat.LUNA else "desk"
            people[seat] = await table.person(NAMES[seat], f"{address}/room/{code}", size=size)
            await sit_down(people[seat].page, seat)
        people[WATCHER] = await table.person("watcher", f"{table.server.url}/room/{code}")
        await spread_over_both_workers(table, code, people[WATCHER].page)
        await begin(people)

        mirror = Mirror(SEED)
        await everybody_sees(people, mirror)
        await end_phase(table, people, mirror)
        while mirror.state.phase is not Phase.FINISHED:
            await play_phase(people, mirror)
            await the_room_and_the_naming_have_no_barriers(people, mirror)
            if (mirror.state.phase, mirror.state.turn_number) == (Phase.WIRE, 2):
                await reload_in_mid_turn(people[Seat.GRANIT], mirror)
                cable.cut()
                await expect(people[Seat.VOLGA].page.get_by_text("The wire is cut")).to_be_visible()
                await end_phase(table, {v: p for v, p in people.items() if v is not Seat.VOLGA}, mirror)
                cable.mend()
                await everybody_sees(people, mirror)
                continue
            if mirror.state.phase is Phase.NAMING:
                await no_page_holds_a_secret(people, mirror)
            await end_phase(table, people, mirror)

        assert mirror.state.naming is not None, "the script reaches a naming"
        await everybody_is_judged_alike(people, mirror)
        await talk_after_the_judgement(people, mirror)
        await play_again(people)
        await play_it_with_a_bot_in_a_seat(table, people)
        secrets = [text for text, _ in mirror.canaries()]
        assert not [line for line in table.server.log if any(text in line for text in secrets)], "no secret is logged"
        cut = "ERR_CONNECTION", "ERR_EMPTY_RESPONSE", "ERR_SOCKET", "WebSocket connection to"
        errors = [e for e in table.errors if not (e.startswith(NAMES[Seat.VOLGA]) and any(word in e for word in cut))]
        assert errors == []


async def open_room(page: Page) -> str:
    """The host's way from the first page to a room of her own."""
    await page.get_by_label("Your name").first.fill("Anna")
    await page.locator("input[value=correspondence]").check()
    await page.get_by_role("button", name="Open the room").click()
    code = await page.get_by_test_id("room-code").text_content()
    assert code is not None
    return code


async def sit_down(page: Page, seat: Seat) -> None:
    """By a link, with a name and a seat of one's own choice, and ready."""
    form = page.get_by_test_id("sit-down")
    await form.get_by_label("Your name").fill(NAMES[seat])
    await form.locator(f"input[value={seat}]").check()
    await form.get_by_role("button", name="Sit down").click()
    await page.get_by_role("button", name="I am ready").click()
    await expect(page.get_by_role("button", name="Not ready after all")).to_be_visible()


async def spread_over_both_workers(table: Table, code: str, watcher: Page) -> None:
    """Come back as a watcher until the table is played on both workers: the system chooses who gets a connection."""
    for _ in range(60):
        fields = await table.store.call("HKEYS", keys.presence(code.replace("-", "")))
        if len({field.partition(b":")[0] for field in fields}) == 2:
            return
        await watcher.reload()
        await expect(watcher.get_by_test_id("room-code")).to_be_visible()
    raise AssertionError("every connection came to one worker")


async def begin(people: dict[Viewer, Seated]) -> None:
    host = people[Seat.SOKOL].page
    await host.get_by_role("button", name="Begin the match").click()
    for viewer, person in people.items():
        if viewer is not WATCHER:
            await expect(person.page.get_by_test_id("role-card")).to_be_visible()


async def play_phase(people: dict[Viewer, Seated], mirror: Mirror) -> None:
    """Everything that the script does in a phase: by hand, and by the rules; the page shows what the rules say."""
    for seat, command in steps(mirror.state):
        mirror.play(seat, command)
        await people[seat].hands.do(command)
        await people[seat].received.until_match_is(mirror.view(seat))
    await everybody_sees(people, mirror)


async def the_room_and_the_naming_have_no_barriers(people: dict[Viewer, Seated], mirror: Mirror) -> None:
    """The screens that only two, or only one, ever have before them."""
    state = mirror.state
    beria = state.seat_of(Role.BERIA)
    for seat in filter(None, (beria if state.phase is Phase.NAMING else None, state.prisoner)):
        for someone in {seat, beria}:
            await people[someone].hands.look_at("orders")
            assert await barriers(people[someone].page) == []


async def everybody_sees(people: dict[Viewer, Seated], mirror: Mirror) -> None:
    for viewer, person in people.items():
        await person.received.until_match_is(mirror.view(viewer))


async def end_phase(table: Table, people: dict[Viewer, Seated], mirror: Mirror) -> None:
    """Those who are there say ready, but for the last: five would end the phase at once, by the true clock, if the
    machine were slow. Then the time is up."""
    for seat in SEATS[:-1]:
        if seat in people:
            await people[seat].hands.ready()
            mirror.play(seat, Ready(ready=True))
    await everybody_sees(people, mirror)
    await table.pass_time(A_DAY)
    mirror.close()
    await everybody_sees(people, mirror)


async def reload_in_mid_turn(person: Seated, mirror: Mirror) -> None:
    """A reload keeps the seat, what was sealed, and what was being written."""
    await person.hands.open_thread("open")
    await person.page.get_by_test_id("composer").fill("not sent yet")
    await person.page.reload()
    await person.received.until_match_is(mirror.view(Seat.GRANIT))
    await expect(person.page.get_by_test_id("table")).to_have_attribute("data-seat", Seat.GRANIT)
    await expect(person.page.get_by_test_id("sealed")).to_be_visible()
    await person.hands.open_thread("open")
    await expect(person.page.get_by_test_id("composer")).to_have_value("not sent yet")
    await person.page.get_by_test_id("composer").fill("")


async def no_page_holds_a_secret(people: dict[Viewer, Seated], mirror: Mirror) -> None:
    """Neither any frame that a page received, nor its memory, has words that its viewer may not know."""
    for viewer, person in people.items():
        forbidden = [text for text, readers in mirror.canaries() if viewer not in readers]
        allowed = [text for text, readers in mirror.canaries() if viewer in readers]
        assert forbidden, "there are secrets that this viewer may not know"
        frames = "".join(person.received.frames)
        memory = await memory_of(person.page)
        assert [text for text in forbidden if text in frames or text in memory] == []
        assert [text for text in allowed if text not in memory] == [], "the search finds what is there"


async def memory_of(page: Page) -> str:
    """A snapshot of the page's whole heap."""
    session = await page.context.new_cdp_session(page)
    chunks: list[str] = []
    session.on("HeapProfiler.addHeapSnapshotChunk", lambda event: chunks.append(event["chunk"]))
    await session.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    await session.detach()
    return "".join(chunks)


async def everybody_is_judged_alike(people: dict[Viewer, Seated], mirror: Mirror) -> None:
    """Every page ends with the same public state, and shows it."""
    judgement = mirror.state.judgement
    assert judgement is not None
    public = []
    for person in people.values():
        await expect(person.page.get_by_test_id("judgement")).to_have_attribute("data-front", judgement.front)
        await expect(person.page.get_by_test_id("naming-result")).to_contain_text("was right")
        document = folded(person.received.frames)["match"]
        own = ("you", "can", "owed", "papers")
        public.append({name: value for name, value in document.items() if name not in own})
    assert all(each == public[0] for each in public)


async def talk_after_the_judgement(people: dict[Viewer, Seated], mirror: Mirror) -> None:
    page = people[Seat.SOKOL].page
    await page.get_by_test_id("composer").fill("So it was you all along.")
    await page.get_by_test_id("send").get_by_role("button").click()
    watcher = people[WATCHER].page.get_by_test_id("log")
    await expect(watcher.get_by_text("So it was you all along.")).to_be_visible()


async def play_again(people: dict[Viewer, Seated]) -> None:
    """Two who ask at once mean the same; everybody keeps his seat, the watcher too."""
    press = "document.querySelector('[data-testid=rematch] button')?.click()"
    await asyncio.gather(*(people[seat].page.evaluate(press) for seat in (Seat.SOKOL, Seat.GRANIT)))
    for viewer, person in people.items():
        await expect(person.page.get_by_test_id("room-code")).to_be_visible()
        for seat in SEATS:
            await expect(person.page.get_by_test_id(f"seat-{seat}")).to_contain_text(NAMES[seat])
        assert urlsplit(person.page.url).path.startswith("/room/"), viewer


async def play_it_with_a_bot_in_a_seat(table: Table, people: dict[Viewer, Seated]) -> None:
    """One goes home, a bot sits down in his place, and the clock alone ends each phase; all see the same end."""
    gone, host = people.pop(Seat.VOLGA).page, people[Seat.SOKOL].page
    await gone.get_by_role("button", name="Leave").click()
    await expect(gone.get_by_role("button", name="Open the room")).to_be_visible()
    await host.get_by_role("button", name="Fill with bots").click()
    for seat in (Seat.GRANIT, Seat.BERYOZA, Seat.LUNA):
        await people[seat].page.get_by_role("button", name="I am ready").click()
    await begin(people)
    while not await (judgement := host.get_by_test_id("judgement")).count():
        number = await host.get_by_test_id("phase").get_attribute("data-number")
        await table.pass_time(A_DAY)
        await expect(judgement.or_(host.locator(f"[data-testid=phase]:not([data-number='{number}'])"))).to_be_visible()
    front = await judgement.get_attribute("data-front")
    for person in people.values():
        await expect(person.page.get_by_test_id("judgement")).to_have_attribute("data-front", front or "")
    said = folded(people[WATCHER].received.frames)["match"]["file"]["messages"].values()
    assert any(paper.get("author") == Seat.VOLGA for paper in said), "the bot has spoken"
