"""One person plays a whole match alone against four bots: on a phone, and in the scenario that teaches."""

import json

import pytest
from playwright.async_api import Page, expect

from tests.e2e.barriers import barriers
from tests.e2e.conftest import Seated, Table

A_DAY = 86_400  # each phase lasts one, so that only the hand that moves the clock ends it


@pytest.mark.parametrize(
    ("scenario", "size", "level"),
    [("first_night", "phone", "officer"), ("nineteenth", "desk", "conscript"), ("nineteenth", "phone", "strategist")],
)
async def test_one_person_plays_alone_against_four_bots(table: Table, scenario: str, size: str, level: str) -> None:
    anna = await table.person("Anna", f"{table.server.url}/how", size=size)
    page = anna.page
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert await barriers(page) == []
    await page.goto(table.server.url)
    await expect(page.get_by_role("button", name="Open the room")).to_be_visible()
    assert await barriers(page) == []
    await page.get_by_label("Your name").first.fill("Anna")
    await page.locator(f"input[value={scenario}]").check()
    await page.locator("input[value=correspondence]").check()
    await page.get_by_role("button", name="Open the room").click()
    await expect(page.get_by_test_id("room-code")).to_be_visible()
    assert await barriers(page) == []
    await page.get_by_role("button", name="Add a bot: Luna").click()
    assert await barriers(page) == []
    await page.get_by_role("button", name=f"bot: {level}").click()
    await expect(page.get_by_test_id("seat-luna")).to_contain_text(f"bot: {level}")
    await page.get_by_role("button", name="Fill with bots").click()
    await page.get_by_role("button", name="Begin the match").click()
    await expect(page.get_by_test_id("role-card")).to_be_visible()
    judgement = page.get_by_test_id("judgement")
    played = set()
    while not await judgement.count():
        phase, number = await now(page)
        if phase not in played:
            await no_panel_has_barriers(anna, size)
        played.add(phase)
        if phase == "wire" and await page.get_by_test_id("order-hold").count():
            await anna.hands.look_at("orders")
            await anna.hands.click("order-hold")
            await anna.hands.click("order-hold-forest")
            await expect(page.get_by_test_id("sealed")).to_be_visible()
        await table.pass_time(A_DAY)
        await expect(judgement.or_(page.locator(f"[data-testid=phase]:not([data-number='{number}'])"))).to_be_visible()
    await expect(page.get_by_test_id("file")).to_be_visible()
    assert await barriers(page) == []
    assert {"deal", "wire"} <= played
    said = [json.loads(frame) for frame in anna.received.frames]
    assert any("papers" in message.get("patch", {}).get("match", {}) for message in said), "the bots speak"
    assert table.errors == []


async def now(page: Page) -> tuple[str, str]:
    """The phase that the page shows, and its number."""
    phase = page.get_by_test_id("phase")
    return await phase.get_attribute("data-phase") or "", await phase.get_attribute("data-number") or ""


async def no_panel_has_barriers(person: Seated, size: str) -> None:
    """On a desk all panels are before the eyes at once; on a phone, one after the other. And the own file, opened."""
    page = person.page
    assert await barriers(page) == []
    if size == "phone":
        for tab in await page.locator("[data-testid^=tab-]").all():
            await tab.click()
            assert await barriers(page) == []
    await page.get_by_test_id("my-card").click()
    await page.get_by_test_id("card-turn").get_by_role("button").click()
    assert await barriers(page) == []
    await page.keyboard.press("Escape")
