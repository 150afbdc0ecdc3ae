"""What a person does with mouse and keyboard for each command, and what she waits for."""

from functools import singledispatchmethod

from playwright.async_api import Page, expect

from rules import commands as c
from rules import forms as f
from rules.ids import Channel, PowerKind
from rules.orders import Order


class Hands:
    """One person at one page. `phone`: the panels stand behind tabs."""

    def __init__(self, page: Page, *, phone: bool = False) -> None:
        self.page = page
        self._phone = phone

    async def do(self, command: c.SeatCommand) -> None:
        """Do by hand what the command says."""
        await self._do(command)

    async def look_at(self, tab: str) -> None:
        """On a phone, turn to a panel."""
        if self._phone:
            await self.page.get_by_test_id(f"tab-{tab}").click()

    async def ready(self) -> None:
        """Say ready."""
        await self.click("ready")
        await expect(self.page.get_by_test_id("ready")).to_have_attribute("data-ready", "true")

    async def click(self, name: str) -> None:
        """Click what is marked so: the button in it, if it is not one itself."""
        found = self.page.get_by_test_id(name)
        button = found.get_by_role("button")
        await (button if await button.count() else found).first.click()

    async def confirm(self) -> None:
        """Yes, do it."""
        await self.page.get_by_role("button", name="Yes, do it").click()

    @singledispatchmethod
    async def _do(self, command: object) -> None:
        raise NotImplementedError(command)

    @_do.register
    async def _speak(self, command: c.Speak) -> None:
        thread = {Channel.LETTER: f"letter-{command.to}", Channel.WIRELESS: f"wireless-{command.book}"}
        await self.open_thread(thread.get(command.channel, command.channel.value))
        await self._say(command.body)

    @_do.register
    async def _sign(self, command: c.Sign) -> None:
        await self.open_thread("moscow")
        await self.page.get_by_test_id("signing").select_option(command.to or "all")
        await self._say(command.body)
        await self.page.get_by_test_id("signing").select_option("")

    async def open_thread(self, name: str) -> None:
        """Turn to a thread of the wire."""
        await self.look_at("wire")
        await self.page.get_by_test_id(f"thread-{name}").click()

    async def _say(self, body: f.Said) -> None:
        match body:
            case f.Text(text):
                await self.page.get_by_test_id("composer").fill(text)
                await self.click("send")
                shut = self.page.get_by_test_id("composer-shut")  # that was the last that may be sent
                empty = self.page.locator("[data-testid=composer]:placeholder-shown")
                await expect(shut.or_(empty)).to_be_visible()
            case f.Agree(message=int() as number) | f.Refuse(message=int() as number):
                kind = "agree" if isinstance(body, f.Agree) else "refuse"
                await self.click(f"{kind}-{number}")
            case _:
                await self.page.get_by_role("button", name="Use a form").click()
                await self._fill(body)
                await self.click("send-form")
                await self.page.get_by_role("button", name="Use words").click()

    async def _fill(self, body: f.Said) -> None:
        if isinstance(body, f.Offer):
            await self.page.get_by_test_id("form-offer").check()
            await self._blanks("give", body.give)
            await self._blanks("want", body.want)
        else:
            await self._blanks("give", body)

    async def _blanks(self, side: str, term: f.Said) -> None:
        async def pick(blank: str, value: str) -> None:
            await self.page.get_by_test_id(f"{side}-{blank}").select_option(value)

        await pick("kind", term.__struct_config__.tag)
        match term:
            case f.Will(order):
                await self._pick_order(side, order)
            case f.Ask(seat, order):
                await pick("seat", seat)
                await self._pick_order(side, order)
            case f.Thrust(sector, level):
                await pick("sector", sector)
                await pick("level", level)
            case f.Name(seat):
                await pick("seat", seat)
            case f.Am(role):
                await pick("role", role)
            case f.Suspect(seat, role):
                await pick("seat", seat)
                await pick("role", role)

    async def _pick_order(self, side: str, order: Order) -> None:
        words = {"river": "River", "forest": "Forest", "rail": "Railway"}
        label = order.kind.value.capitalize() + (f" · {words[order.sector]}" if order.sector else "")
        await self.page.get_by_test_id(f"{side}-order").select_option(label=label)

    @_do.register
    async def _hand_book(self, command: c.HandBook) -> None:
        await self.look_at("wire")
        await self.page.get_by_test_id("books").locator("summary").click()
        await self.page.get_by_test_id("book").select_option(command.book)
        await self.page.get_by_test_id("book-to").select_option(command.to or "moscow")
        await self.click("hand-book")
        await self.confirm()

    @_do.register
    async def _seal(self, command: c.Seal) -> None:
        await self.look_at("orders")
        for slot, order in zip(("order", "order2"), command.orders, strict=False):
            await self._order(slot, order)
            await expect(self.page.get_by_test_id("sealed")).to_be_visible()

    async def _order(self, slot: str, order: Order) -> None:
        await self.click(f"{slot}-{order.kind}")
        if order.sector is not None:
            await self.click(f"{slot}-{order.kind}-{order.sector}")

    @_do.register
    async def _telephone(self, command: c.Phone) -> None:
        assert command.order is not None
        await self.look_at("orders")
        await self.click("pick-up")
        await self._order("phone", command.order)

    @_do.register
    async def _use(self, command: c.Use) -> None:
        await self.look_at("orders")
        await self.click(f"power-{command.power}")
        await self.click(f"use-{command.power}-{command.seat or command.sector}")
        if command.power is PowerKind.TAP:
            await self.confirm()
        await expect(self.page.get_by_test_id("power-chosen")).to_be_visible()

    @_do.register
    async def _open_envelope(self, command: c.OpenEnvelope) -> None:
        await self.look_at("wire")
        await self.click(f"envelope-{command.envelope}")
        await self.confirm()

    @_do.register
    async def _pick(self, command: c.Pick) -> None:
        await self.look_at("orders")
        await self.click(f"patron-{command.patron}")
        await self.confirm()

    @_do.register
    async def _demand(self, command: c.Demand) -> None:
        await self.look_at("orders")
        await self.click(f"demand-{command.what}")

    @_do.register
    async def _answer(self, command: c.Answer) -> None:
        await self.look_at("orders")
        await self.click(f"answer-{command.choice}" + (f"-{command.seat}" if command.seat else ""))

    @_do.register
    async def _report(self, command: c.Report) -> None:
        await self.look_at("orders")
        await self.click(f"report-{command.seat or 'silence'}")

    @_do.register
    async def _denote(self, command: c.Denote) -> None:
        await self.look_at("orders")
        await self.click(f"denote-{command.seat}")
