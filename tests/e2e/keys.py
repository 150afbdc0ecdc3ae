"""A person who has a keyboard and no mouse: Tab, arrows, Enter and Space take her everywhere."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

MOST_TABS = 120  # more stops than any screen has


@dataclass(frozen=True)
class Keys:
    """One person at one page."""

    page: Page

    async def reach(self, target: Locator) -> None:
        """Go forward from where the focus is until it is on the target."""
        await expect(target).to_be_enabled()
        await self._press_until("Tab", target)

    async def turn_to(self, target: Locator) -> None:
        """Reach the list of tabs that this one is in, and the tab by the arrow."""
        tabs = self.page.get_by_role("tablist").filter(has=target)
        await self.reach(tabs.get_by_role("tab", selected=True))
        await self._press_until("ArrowRight", target)

    async def _press_until(self, key: str, target: Locator) -> None:
        for _ in range(MOST_TABS):
            if await target.evaluate("element => element === document.activeElement"):
                return
            await self.page.keyboard.press(key)
        raise AssertionError(f"{key} does not come to {target}")

    async def press(self, target: Locator) -> None:
        """Reach a button and press it."""
        await self.reach(target)
        await self.page.keyboard.press("Enter")

    async def write(self, target: Locator, text: str) -> None:
        """Reach a field and write in it."""
        await self.reach(target)
        await self.page.keyboard.press("Control+a")
        await self.page.keyboard.type(text)

    async def choose(self, target: Locator) -> None:
        """Reach the group of a radio button by Tab, and the button in it by the arrow."""
        await expect(target).to_be_enabled()
        name = await target.get_attribute("name")
        for _ in range(MOST_TABS):
            if await self.page.evaluate("name => document.activeElement.name === name", name):
                break
            await self.page.keyboard.press("Tab")
        for _ in range(MOST_TABS):
            if await target.is_checked():
                return
            await self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not come to {target}")
