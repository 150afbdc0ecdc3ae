"""One person with two tabs in a lobby: the tab in which he sits down is the one that plays."""

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Table


@pytest.mark.parametrize("tab", [0, 1], ids=["the older tab", "the newer tab"])
async def test_the_tab_in_which_somebody_sits_down_plays_and_the_other_says_so(table: Table, tab: int) -> None:
    anna = await table.person("Anna", table.server.url)
    await anna.page.get_by_label("Your name").first.fill("Anna")
    await anna.page.get_by_role("button", name="Open the room").click()
    await expect(anna.page.get_by_test_id("room-code")).to_be_visible()
    boris = await table.person("Boris", anna.page.url)
    await expect(boris.page.get_by_test_id("sit-down")).to_be_visible()
    tabs = [boris.page, await boris.page.context.new_page()]
    await tabs[1].goto(anna.page.url)
    await expect(tabs[1].get_by_test_id("sit-down")).to_be_visible()
    here, elsewhere = tabs[tab], tabs[1 - tab]
    await here.get_by_test_id("sit-down").get_by_role("textbox").fill("Boris")
    await here.get_by_role("button", name="Sit down").click()
    await expect(elsewhere.get_by_test_id("closed")).to_have_attribute("data-code", "taken_over")
    await here.get_by_role("button", name="I am ready").click()
    await expect(anna.page.get_by_test_id("seat-granit")).to_contain_text("ready")
    assert table.errors == []
