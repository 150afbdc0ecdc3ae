"""What would keep somebody out: rules of WCAG 2.2 AA that a machine can check, by axe-core, and sideways scrolling."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, ViewportSize

WITHIN = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


async def barriers(page: Page) -> list[str]:
    """What is wrong with the page as it stands: the rule and the first part of the page that breaks it, for each.

    The window is as tall as the page meanwhile: a button that is half under a bar at its edge is not a small button.
    """
    window = page.viewport_size
    assert window is not None
    tall = await page.evaluate("document.documentElement.scrollHeight")
    await page.set_viewport_size(ViewportSize(width=window["width"], height=tall))
    found = (await Axe().run(page, options=WITHIN)).response["violations"]
    wrong = [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]
    too_wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    await page.set_viewport_size(window)
    return [*wrong, f"the page is {too_wide} px too wide"] if too_wide > 0 else wrong
