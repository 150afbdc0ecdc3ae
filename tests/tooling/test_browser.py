"""The browser that the end-to-end tests drive starts here, and shares its event loop with every other test."""

from playwright.async_api import Page


async def test_the_browser_of_the_system_opens_a_page(page: Page) -> None:
    await page.set_content("<title>The Nineteenth</title>")
    assert await page.title() == "The Nineteenth"
