"""Bots understand what people say plainly, in English and Russian, and make nothing up out of the rest."""

import tomllib
from collections import Counter
from importlib import resources
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rules.forms import Am, Ask, Form, Name, Suspect, Thrust, Will
from rules.ids import ROLES, SEATS, SECTORS, Level, OrderKind, Seat, Sector
from rules.orders import Order
from rules.players.hearing import MOST, Heard, hear
from rules.players.tongues import lexicon as words
from rules.players.tongues.lexicon import lexicon, read

SOKOL, GRANIT, BERYOZA, LUNA, VOLGA = SEATS
RIVER, FOREST, RAIL = SECTORS
MALENKOV, BERIA, RUDENKO, IRINA, PAVEL = ROLES
LIGHT, STEADY, HEAVY = Level


def will(kind: str, sector: Sector | None = None) -> Will:
    return Will(Order(OrderKind(kind), sector))


def ask(seat: Seat, kind: str, sector: Sector | None = None) -> Ask:
    return Ask(seat, Order(OrderKind(kind), sector))


UNDERSTOOD: list[tuple[str, tuple[Form, ...]]] = [
    # The enemy
    ("heavy on the river", (Thrust(RIVER, HEAVY),)),
    ("The river is heavy tonight.", (Thrust(RIVER, HEAVY),)),
    ("I hear light at the forest", (Thrust(FOREST, LIGHT),)),
    ("What I hear: the river, steady.", (Thrust(RIVER, STEADY),)),
    ("main thrust comes at the railway", (Thrust(RAIL, HEAVY),)),
    ("river heavy, forest light, rail steady", (Thrust(RIVER, HEAVY), Thrust(FOREST, LIGHT), Thrust(RAIL, STEADY))),
    ("heavy river light forest", (Thrust(RIVER, HEAVY), Thrust(FOREST, LIGHT))),
    ("Heavy on the river and the forest", (Thrust(RIVER, HEAVY), Thrust(FOREST, HEAVY))),
    ("river 9, forest 3, rail 1", (Thrust(RIVER, HEAVY), Thrust(FOREST, STEADY), Thrust(RAIL, LIGHT))),
    ("RIVER - WEAK", (Thrust(RIVER, LIGHT),)),
    ("на реке тяжёлый удар", (Thrust(RIVER, HEAVY),)),
    ("Тяжелый на реке!", (Thrust(RIVER, HEAVY),)),
    ("Слышу: лес, удар слабый", (Thrust(FOREST, LIGHT),)),
    ("река: сильный", (Thrust(RIVER, HEAVY),)),
    ("у железной дороги средний", (Thrust(RAIL, STEADY),)),
    ("Ж/д — слабый, лес — тяжёлый", (Thrust(RAIL, LIGHT), Thrust(FOREST, HEAVY))),
    ("главный удар по железке", (Thrust(RAIL, HEAVY),)),
    ("Река, тяжёлый.", (Thrust(RIVER, HEAVY),)),
    ("It is not the river, the forest is heavy", (Thrust(FOREST, HEAVY),)),
    # Promises
    ("I will hold the forest", (will("hold", FOREST),)),
    ("I'll hold the river", (will("hold", RIVER),)),
    ("ill hold river", (will("hold", RIVER),)),
    ("holding the rails", (will("hold", RAIL),)),
    ("I'm going to withdraw from the river", (will("withdraw", RIVER),)),
    ("I shall fall back from the railway", (will("withdraw", RAIL),)),
    ("I will lay an ambush in the forest", (will("ambush", FOREST),)),
    ("I'll counter-attack at the river", (will("counterattack", RIVER),)),
    ("I will mine the river", (will("mines", RIVER),)),
    ("I am laying mines at the river", (will("mines", RIVER),)),
    ("I'll bring the guns from the river to the railway", (will("guns", RAIL),)),
    ("I will put smoke on the forest", (will("smoke", FOREST),)),
    ("I will request a regiment to the river", (will("request", RIVER),)),
    ("I will do paperwork tonight", (will("paperwork"),)),
    ("I will hold the river and mine the forest", (will("hold", RIVER), will("mines", FOREST))),
    ("No, I hold the river.", (will("hold", RIVER),)),
    ("I promise: hold the river", (will("hold", RIVER),)),
    ("держу лес", (will("hold", FOREST),)),
    ("Я удержу реку", (will("hold", RIVER),)),
    ("Буду держать железную дорогу", (will("hold", RAIL),)),
    ("отхожу от реки", (will("withdraw", RIVER),)),
    ("Я отступлю из леса", (will("withdraw", FOREST),)),
    ("Ставлю засаду в лесу", (will("ambush", FOREST),)),
    ("контратакую у реки", (will("counterattack", RIVER),)),
    ("минирую реку", (will("mines", RIVER),)),
    ("поставлю мины у железной дороги", (will("mines", RAIL),)),
    ("Переведу орудия к лесу", (will("guns", FOREST),)),
    ("ставлю дымы у реки", (will("smoke", RIVER),)),
    ("запрошу полк к реке", (will("request", RIVER),)),
    ("Сегодня я занимаюсь бумагами", (will("paperwork"),)),
    ("За мной: держать лес.", (will("hold", FOREST),)),
    ("Мой приказ: держать, лес.", (will("hold", FOREST),)),
    ("Река тяжёлая. Держу лес!", (Thrust(RIVER, HEAVY), will("hold", FOREST))),
    ("The river is heavy, I hold there", (Thrust(RIVER, HEAVY),)),
    # Wishes
    ("Granit, hold the river", (ask(GRANIT, "hold", RIVER),)),
    ("granit hold river", (ask(GRANIT, "hold", RIVER),)),
    ("Hold the river, Granit!", (ask(GRANIT, "hold", RIVER),)),
    ("Granit! Hold the river.", (ask(GRANIT, "hold", RIVER),)),
    ("Volga: ambush in the forest, please", (ask(VOLGA, "ambush", FOREST),)),
    ("Luna, could you lay mines at the railway?", (ask(LUNA, "mines", RAIL),)),
    ("I want Sokol to withdraw from the forest", (ask(SOKOL, "withdraw", FOREST),)),
    ("Beryoza should counterattack at the river", (ask(BERYOZA, "counterattack", RIVER),)),
    ("Granit and Luna, hold the river", (ask(GRANIT, "hold", RIVER), ask(LUNA, "hold", RIVER))),
    ("Granit, you hold the river and I mine the forest", (ask(GRANIT, "hold", RIVER), will("mines", FOREST))),
    ("Granit, I hold the river", (will("hold", RIVER),)),
    ("Sokol, paperwork please", (ask(SOKOL, "paperwork"),)),
    ("Гранит, держи реку", (ask(GRANIT, "hold", RIVER),)),
    ("Держите лес, Берёза", (ask(BERYOZA, "hold", FOREST),)),
    ("Волга: держать, лес.", (ask(VOLGA, "hold", FOREST),)),
    ("Луна, прошу держать реку", (ask(LUNA, "hold", RIVER),)),
    ("Прошу Сокола держать реку", (ask(SOKOL, "hold", RIVER),)),
    ("Пусть Гранит держит лес", (ask(GRANIT, "hold", FOREST),)),
    ("Сокол, поставь мины у реки", (ask(SOKOL, "mines", RIVER),)),
    ("Волга, засаду в лесу", (ask(VOLGA, "ambush", FOREST),)),
    ("Гранит, нужна засада в лесу", (ask(GRANIT, "ambush", FOREST),)),
    ("Берёза, удержишь реку?", (ask(BERYOZA, "hold", RIVER),)),
    ("Я держу реку, а Гранит пусть минирует лес", (will("hold", RIVER), ask(GRANIT, "mines", FOREST))),
    ("Луна, отойди от железной дороги", (ask(LUNA, "withdraw", RAIL),)),
    # The inquiry
    ("let's name Luna", (Name(LUNA),)),
    ("I vote for Volga", (Name(VOLGA),)),
    ("My choice is Sokol.", (Name(SOKOL),)),
    ("Granit, name Luna", (Name(LUNA),)),
    ("Назовём Луну", (Name(LUNA),)),
    ("назову Гранита", (Name(GRANIT),)),
    ("голосую за Волгу", (Name(VOLGA),)),
    ("Мой выбор — Берёза.", (Name(BERYOZA),)),
    # Who is who
    ("I am Irina", (Am(IRINA),)),
    ("im malenkov", (Am(MALENKOV),)),
    ("I'm really Rudenko", (Am(RUDENKO),)),
    ("my role is Pavel", (Am(PAVEL),)),
    ("Я Ирина", (Am(IRINA),)),
    ("Я — генерал Маленков", (Am(MALENKOV),)),
    ("Моя роль: Павел", (Am(PAVEL),)),
    ("Volga is Beria", (Suspect(VOLGA, BERIA),)),
    ("I think Volga is Beria", (Suspect(VOLGA, BERIA),)),
    ("Beria is Luna", (Suspect(LUNA, BERIA),)),
    ("I take Granit for Pavel", (Suspect(GRANIT, PAVEL),)),
    ("Volga, you are Beria", (Suspect(VOLGA, BERIA),)),
    ("Volga, I think, is Beria", (Suspect(VOLGA, BERIA),)),
    ("Okay so the river looks heavy to me, Granit can you hold it?", (Thrust(RIVER, HEAVY),)),
    ("my intelligence says rail is light, who can hold the forest?", (Thrust(RAIL, LIGHT),)),
    ("Волга точно Берия", (Suspect(VOLGA, BERIA),)),
    ("Volga is Beria, right?", (Suspect(VOLGA, BERIA),)),
    ("думаю, Волга — Берия", (Suspect(VOLGA, BERIA),)),
    ("Волга, по-моему, Берия", (Suspect(VOLGA, BERIA),)),
    ("Волга это Берия", (Suspect(VOLGA, BERIA),)),
    ("Берия — это Сокол", (Suspect(SOKOL, BERIA),)),
    ("принимаю Волгу за Берию", (Suspect(VOLGA, BERIA),)),
    ("Я не Ирина, Ирина — Луна", (Suspect(LUNA, IRINA),)),
    ("I am Irina and Volga is Beria", (Am(IRINA), Suspect(VOLGA, BERIA))),
    # Slips of the hand
    ("Grannit, hold the river", (ask(GRANIT, "hold", RIVER),)),
    ("vogla is beria", (Suspect(VOLGA, BERIA),)),
    ("Малеников — это Сакол", (Suspect(SOKOL, MALENKOV),)),
    ("Берза, держи лес", (ask(BERYOZA, "hold", FOREST),)),
]

UNCLEAR = [
    # Denied
    "I am not Malenkov",
    "I'm no Beria",
    "No way I'm Beria",
    "I won't hold the river",
    "Granit, do not hold the river",
    "nothing heavy on the river",
    "no mines at the river",
    "I don't think that Volga is Beria",
    "It is a lie that I am Beria",
    "Let's not name Luna",
    "I refuse to hold the river",
    "я не Маленков",
    "Я не держу лес",
    "Гранит, не держи реку",
    "на реке не тяжёлый",
    "Не думаю, что Волга — Берия",
    "Неправда, что я Берия",
    "Волга не Берия",
    # Supposed, or a choice
    "If you hold the river, I will hold the forest",
    "Если Волга — Берия, держу лес",
    "Suppose I am Irina",
    "heavy on the river or the forest",
    "Maybe I will hold the river",
    "Я бы держал реку",
    # Asked
    "Is Volga Beria?",
    "Are you Irina?",
    "Is the river heavy?",
    "Who holds the forest?",
    "Shall I hold the river, Granit?",
    "Why did Granit hold the forest?",
    "Волга — Берия?",
    "Кто держит реку?",
    # Told of others, or of another time
    "Granit will hold the river",
    "Granit holds the river",
    "Moscow wants us to hold the river",
    "Директива: держать реку",
    "Луна обещала держать лес",
    "Luna says Volga is Beria",
    "Говорят, я Берия",
    "Гранит держит реку",
    "The river was heavy yesterday",
    "Tomorrow I hold the river",
    "Granit's mines at the river",
    "Granit, the mines at the river were loud",
    # Half of it is missing
    "hold the river",
    "heavy",
    "Granit, hold",
    "I will hold",
    "let us hold the river",
    "we are weak at the river",
    "my name is Luna",
    "I trust Irina",
    "Я Ирине верю",
    "I am Irina's friend",
    "Volga and Beria",
    "Волга верит Берии",
    "I am Irina or Pavel",
    "river, 19 men",
    # Words that look like others
    "на берегу реки долг перед волной",
    "the grant hold the river",
    "прошлой ночью было тяжело, река мелкая",
    "Это мина замедленного действия",
    "that forest is mine",
]


@pytest.mark.parametrize(("text", "forms"), UNDERSTOOD, ids=lambda value: value if isinstance(value, str) else "")
def test_what_is_said_plainly_is_understood(text: str, forms: tuple[Form, ...]) -> None:
    assert hear(text).forms == forms


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_not_clear_says_nothing(text: str) -> None:
    assert hear(text).forms == ()


def test_case_and_spacing_do_not_matter() -> None:
    for text, forms in UNDERSTOOD:
        assert hear(f"  {text.upper()}  ").forms == forms
        assert hear(text.replace(" ", "   ").lower()).forms == forms


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Yes.", {"is_yes"}),
        ("ok", {"is_yes"}),
        ("Agreed, Granit", {"is_yes"}),
        ("I agree", {"is_yes"}),
        ("да", {"is_yes"}),
        ("Так точно!", {"is_yes"}),
        ("Есть!", {"is_yes"}),
        ("Договорились", {"is_yes"}),
        ("No", {"is_no"}),
        ("No, thanks", {"is_no", "is_thanks"}),
        ("I do not agree", {"is_no"}),
        ("нет", {"is_no"}),
        ("Никак нет", {"is_no"}),
        ("не согласен", {"is_no"}),
        ("Нет, спасибо.", {"is_no", "is_thanks"}),
        ("Yes and no", set()),
        ("Нет времени", set()),
        ("no mines there", set()),
        ("Agreed?", {"is_question"}),
        ("Thank you!", {"is_thanks"}),
        ("Спасибо, Гранит", {"is_thanks"}),
        ("Do not thank me", set()),
        ("Hello all", {"is_greeting"}),
        ("Good evening, Luna", {"is_greeting"}),
        ("Здравствуйте, товарищи", {"is_greeting"}),
        ("Добрый вечер", {"is_greeting"}),
        ("What now?", {"is_question"}),
        ("who is beria", {"is_question"}),
        ("are you Beria", {"is_question"}),
        ("Кто Берия", {"is_question"}),
        ("почему лес", {"is_question"}),
        ("Держать ли реку", {"is_question"}),
        ("The wire hums.", set()),
        ("Дождь.", set()),
        ("", set()),
        ("???", {"is_question"}),
    ],
)
def test_small_talk_is_told_apart(text: str, heard: set[str]) -> None:
    kept = msgspec.to_builtins(hear(text))
    assert {key for key, value in kept.items() if value is True} == heard


@pytest.mark.parametrize(
    ("text", "seats"),
    [
        ("Luna, what of Granit and luna?", (LUNA, GRANIT)),
        ("Соколу и Берёзой, о Волге, Луною, Граните", (SOKOL, BERYOZA, VOLGA, LUNA, GRANIT)),
        ("SOKOL's word", (SOKOL,)),
        ("lune", (LUNA,)),
        ("mun", ()),
        ("nobody", ()),
        ("граница хранит долги", ()),
    ],
)
def test_seats_are_heard_in_any_case_once_each_in_their_order(text: str, seats: tuple[Seat, ...]) -> None:
    assert hear(text).seats == seats


@pytest.mark.parametrize(
    ("text", "language"),
    [("Hello", "en"), ("Привет", "ru"), ("ok, держу лес", "ru"), ("hold лес", "en"), ("19?", None), ("", None)],
)
def test_the_language_is_that_of_most_letters(text: str, language: str | None) -> None:
    assert hear(text).language == language


FORMS_WORDS = {
    "hold": ("hold the river", "держать реку"),
    "withdraw": ("withdraw from the river", "отойти от реки"),
    "ambush": ("ambush at the river", "засада у реки"),
    "counterattack": ("counterattack at the river", "контратака у реки"),
    "mines": ("lay mines at the river", "мины у реки"),
    "guns": ("bring the guns to the river", "орудия к реке"),
    "smoke": ("lay smoke at the river", "дымы у реки"),
    "request": ("have a regiment sent to the river", "заявка к реке"),
    "paperwork": ("spend the night on paperwork", "бумаги"),
}


@pytest.mark.parametrize("kind", OrderKind)
def test_every_order_is_heard_as_a_promise_and_as_a_wish_in_both_languages(kind: OrderKind) -> None:
    sector = None if kind is OrderKind.PAPERWORK else RIVER
    english, russian = FORMS_WORDS[kind]
    if kind is not OrderKind.REQUEST:
        assert hear(f"I shall {english}.").forms == (will(kind, sector),)
        assert hear(f"Granit, please {english}.").forms == (ask(GRANIT, kind, sector),)
    assert hear(f"За мной: {russian}.").forms == (will(kind, sector),)
    assert hear(f"Гранит, {russian}.").forms == (ask(GRANIT, kind, sector),)


def test_no_word_of_the_lexicon_stands_in_two_places_and_each_is_written_as_it_is_read() -> None:
    everything = list(words._entries(_data()))
    assert [text for text, count in Counter(word.text for word in everything).items() if count > 1] == []
    for word in everything:
        assert word.text == words.plain(word.text)
        assert len(word.text.split()) <= words.LONGEST_PHRASE
    assert {word.value for word in everything if word.mark == "seat"} == set(SEATS)
    assert {word.value for word in everything if word.mark == "role"} == set(ROLES)
    assert {word.value for word in everything if word.mark == "sector"} == set(SECTORS)
    assert {word.value for word in everything if word.mark == "level"} == set(Level)
    assert {word.value for word in everything if word.mark == "order"} == set(OrderKind)


def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("rules.players.tongues").joinpath("lexicon.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("word", sorted(lexicon().not_names))
def test_a_word_of_its_own_is_nobody_s_name(word: str) -> None:
    assert read(word)[0].mark not in ("seat", "role")


SOME_WORDS = (
    sorted({word for entry in lexicon().entries for word in entry.split()}) + list("?.,:—-!;()'") + ["not", "не"]
)
CHATTER = st.lists(st.sampled_from(SOME_WORDS), max_size=40).map(" ".join)


@given(st.text(max_size=400) | CHATTER)
@example("\u0301\u200d\ud800")
@example("-" * MOST)
@example("hold " * 60)
@example("ё'" * 140)
@example("heavy on the river" + " and river forest rail" * 12)
def test_any_text_is_heard_and_always_the_same(text: str) -> None:
    heard = hear(text)
    assert heard == hear(text)
    assert hash(heard) == hash(hear(text))
    assert not (heard.is_yes and heard.is_no)
    assert len(set(heard.forms)) == len(heard.forms)
    for form in heard.forms:
        if isinstance(form, Will | Ask):
            assert form.order.is_whole


@given(st.text(alphabet="0123456789 .,!…", max_size=MOST))
def test_text_without_letters_says_nothing(text: str) -> None:
    assert hear(text) == Heard()


@given(CHATTER, CHATTER)
def test_what_is_beyond_the_longest_message_is_not_heard(text: str, more: str) -> None:
    whole = text.ljust(MOST)[:MOST]
    assert hear(whole + more) == hear(whole)
