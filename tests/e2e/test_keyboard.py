"""From the first page to the judgement without touching a mouse."""

from playwright.async_api import expect

from tests.e2e.conftest import Table
from tests.e2e.keys import Keys

A_DAY = 86_400  # each phase lasts one, so that only the hand that moves the clock ends it


async def test_a_match_is_played_from_the_first_page_to_the_judgement_by_keyboard_alone(table: Table) -> None:
    page = (await table.person("Anna", table.server.url)).page
    keys = Keys(page)
    await keys.write(page.get_by_label("Your name").first, "Anna")
    await keys.choose(page.locator("input[value=first_night]"))
    await keys.choose(page.locator("input[value=correspondence]"))
    await keys.press(page.get_by_role("button", name="Open the room"))
    await keys.press(page.get_by_role("button", name="Fill with bots"))
    await keys.press(page.get_by_role("button", name="Begin the match"))

    await expect(page.get_by_test_id("role-card")).to_be_visible()
    await keys.press(page.get_by_test_id("ready").get_by_role("button"))
    await table.pass_time(A_DAY)
    await expect(page.locator("[data-testid=phase][data-phase=wire]")).to_be_visible()

    await keys.write(page.get_by_test_id("composer"), "Who holds the river?")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("log").get_by_text("Who holds the river?")).to_be_visible()
    await expect(page.get_by_test_id("composer")).to_be_focused()
    await keys.turn_to(page.get_by_test_id("thread-letter-granit"))
    await keys.press(page.get_by_role("button", name="Use a form"))
    await keys.reach(page.get_by_test_id("give-kind"))
    await page.keyboard.press("ArrowDown")
    await keys.press(page.get_by_test_id("send-form").get_by_role("button"))
    await expect(page.get_by_test_id("log").locator("[data-testid^=paper-]")).to_have_count(1)

    await keys.press(page.get_by_test_id("order-hold"))
    await keys.press(page.get_by_test_id("order-hold-forest"))
    await expect(page.get_by_test_id("sealed")).to_be_visible()
    await keys.press(page.get_by_test_id("my-card"))
    await keys.press(page.get_by_test_id("card-turn").get_by_role("button"))
    await expect(page.get_by_test_id("role-card")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("my-card").or_(page.get_by_role("button", name="My file"))).to_be_focused()

    judgement = page.get_by_test_id("judgement")
    while not await judgement.count():
        number = await page.get_by_test_id("phase").get_attribute("data-number")
        await keys.press(page.get_by_test_id("ready").get_by_role("button"))
        await table.pass_time(A_DAY)
        await expect(judgement.or_(page.locator(f"[data-testid=phase]:not([data-number='{number}'])"))).to_be_visible()
    opened = page.get_by_test_id("ledger")
    await keys.press(opened.locator("summary"))
    await expect(opened).to_have_attribute("open", "")
    await keys.press(page.get_by_test_id("rematch").get_by_role("button"))
    await expect(page.get_by_test_id("room-code")).to_be_visible()
    assert table.errors == []
