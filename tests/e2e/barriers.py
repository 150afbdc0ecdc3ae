"""What would keep somebody out: rules of WCAG 2.2 AA that a machine can check, by axe-core, and sideways scrolling."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

WITHIN = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

UNSTICK = """() => {
    for (const each of document.querySelectorAll('*'))
        if (getComputedStyle(each).position === 'sticky') each.style.position = 'static', each.dataset.stuck = '';
}"""
STICK = """() => {
    for (const each of document.querySelectorAll('[data-stuck]')) each.style.position = '', delete each.dataset.stuck;
}"""


async def barriers(page: Page) -> list[str]:
    """What is wrong with the page as it stands: the rule and the first part of the page that breaks it, for each.

    Bars that stay at an edge go along meanwhile: a button that is half scrolled under one is not a small button.
    """
    await page.evaluate(UNSTICK)
    found = (await Axe().run(page, options=WITHIN)).response["violations"]
    await page.evaluate(STICK)
    wrong = [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]
    too_wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*wrong, f"the page is {too_wide} px too wide"] if too_wide > 0 else wrong
