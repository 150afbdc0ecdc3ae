"""Somebody is away, and somebody is not wanted, as people see it: a desk in English and a phone in Russian."""

from playwright.async_api import Page, expect

from tests.e2e.barriers import barriers
from tests.e2e.conftest import Seated, Table
from tests.e2e.test_alone import A_DAY, now


async def at_one_table(table: Table) -> tuple[Seated, Seated]:
    """Anna, who is host, at a desk, Boris at a phone, and three bots; the match has begun."""
    anna = await table.person("Anna", table.server.url)
    page = anna.page
    await page.get_by_label("Your name").first.fill("Anna")
    await page.locator("input[value=correspondence]").check()
    await page.get_by_role("button", name="Open the room").click()
    await expect(page.get_by_test_id("room-code")).to_be_visible()
    boris = await table.person("Boris", page.url, size="phone", language="ru-RU")
    await boris.page.get_by_test_id("sit-down").get_by_role("textbox").fill("Борис")
    await boris.page.get_by_role("button", name="Сесть").click()
    await boris.page.get_by_role("button", name="Я готов").click()
    await page.get_by_role("button", name="Fill with bots").click()
    await expect(page.get_by_test_id("seat-granit")).to_contain_text("Борис")
    assert await barriers(page) == []
    await page.get_by_role("button", name="Begin the match").click()
    for person in (anna, boris):
        await expect(person.page.get_by_test_id("role-card")).to_be_visible()
    return anna, boris


async def phase_without_boris(table: Table, anna: Seated) -> None:
    """Anna says ready, and a day goes by."""
    _, number = await now(anna.page)
    await anna.hands.ready()
    await table.pass_time(A_DAY)
    await expect(anna.page.locator(f"[data-testid=phase]:not([data-number='{number}'])")).to_be_visible()


async def menu_of_granit(page: Page, item: str) -> None:
    """Open the menu at Boris's seat, and choose."""
    await page.get_by_test_id("officer-granit").get_by_test_id("seat-menu-granit").click()
    assert await barriers(page) == []
    await page.get_by_test_id("seat-menu").get_by_role("button", name=item).click()


async def test_who_is_silent_is_warned_then_stood_in_for_and_comes_back_by_one_press(table: Table) -> None:
    anna, boris = await at_one_table(table)
    warning, banner = boris.page.get_by_test_id("missed"), boris.page.get_by_test_id("stood-in")
    mark = anna.page.get_by_test_id("officer-granit").get_by_test_id("stand-in")
    while not await warning.count():
        await phase_without_boris(table, anna)
        await expect(boris.page.get_by_test_id("phase")).to_have_attribute("data-number", (await now(anna.page))[1])
    assert await mark.count() == 0
    assert await barriers(boris.page) == []
    await expect(warning.get_by_role("button")).to_be_visible()

    while not await mark.count():
        await phase_without_boris(table, anna)
        await expect(boris.page.get_by_test_id("phase")).to_have_attribute("data-number", (await now(anna.page))[1])
    await expect(mark).to_have_text("an officer stands in")
    await expect(banner).to_be_visible()
    await expect(warning).to_be_hidden()
    for person in (anna, boris):
        assert await barriers(person.page) == []
    await banner.get_by_role("button").focus()
    await boris.page.keyboard.press("Enter")
    await expect(banner).to_be_hidden()
    await expect(mark).to_be_hidden()
    assert table.errors == []


async def test_who_is_not_wanted_is_muted_then_blocked_and_finds_the_hosts_rooms_no_more(table: Table) -> None:
    anna, boris = await at_one_table(table)
    await phase_without_boris(table, anna)
    await boris.hands.open_thread("open")
    await boris.page.get_by_test_id("composer").fill("Купите слона")
    await boris.page.keyboard.press("Enter")
    log = anna.page.get_by_test_id("log")
    await expect(log).to_contain_text("Купите слона")
    await menu_of_granit(anna.page, "Mute")
    await expect(log).not_to_contain_text("Купите слона")
    await expect(anna.page.get_by_test_id("officer-granit")).to_contain_text("muted by you")
    await anna.page.reload()
    await expect(anna.page.get_by_test_id("log")).not_to_contain_text("Купите слона")
    await anna.page.get_by_test_id("log").get_by_role("button", name="Show these words").click()
    await expect(anna.page.get_by_test_id("log")).to_contain_text("Купите слона")
    assert await barriers(anna.page) == []

    await menu_of_granit(anna.page, "Block")
    await anna.hands.confirm()
    await expect(boris.page.get_by_test_id("closed")).to_have_attribute("data-code", "barred")
    await expect(anna.page.get_by_test_id("officer-granit")).to_contain_text("bot: officer")
    await anna.page.goto(table.server.url)
    await expect(anna.page.get_by_test_id("blocked")).to_contain_text("Blocked by you: 1")
    await anna.page.get_by_label("Your name").first.fill("Anna")
    await anna.page.get_by_role("button", name="Open the room").click()
    await expect(anna.page.get_by_test_id("room-code")).to_be_visible()
    await boris.page.goto(anna.page.url)
    await expect(boris.page.get_by_test_id("closed")).to_have_attribute("data-code", "no_such_room")
