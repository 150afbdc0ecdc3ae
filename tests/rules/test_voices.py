"""Bots have something to say on every occasion, in both languages, that fits the wire and gives nobody away."""

import re
from itertools import product

import pytest

from rules.forms import Ask, Form, Name, Suspect, Thrust, Will
from rules.ids import LEVELS, ROLES, SEATS, SECTORS, Level, OrderKind, Role, Seat, Sector
from rules.orders import Order
from rules.players.hearing import hear
from rules.players.voices import (
    LANGUAGES,
    LONGEST,
    NOTHING,
    TEMPERAMENTS,
    WANTED,
    WELCOME,
    Occasion,
    Temperament,
    UnknownLanguage,
    gaps,
    say,
    temperament_of,
    tongue,
    word,
)

EVERY = list(product(LANGUAGES, TEMPERAMENTS, Occasion))
ORDERS = [Order(kind, None if kind is OrderKind.PAPERWORK else sector) for kind in OrderKind for sector in SECTORS]
LEAST = 3


def allowed(occasion: Occasion) -> frozenset[str]:
    return WANTED.get(occasion, NOTHING) | WELCOME.get(occasion, NOTHING)


def longest_words(language: str) -> dict[str, str]:
    words = tongue(language).words
    lists = {"seat": words.seats, "role": words.roles, "sector": words.sectors, "level": words.levels}
    longest = {name: max(values.values(), key=len) for name, values in lists.items()}
    return longest | {"order": max((word(language, order) for order in ORDERS), key=len)}


def filled(language: str, values: dict[str, Seat | Role | Sector | Level | Order]) -> dict[str, str]:
    return {name: word(language, value) for name, value in values.items()}


@pytest.mark.parametrize(("language", "temperament", "occasion"), EVERY)
def test_there_are_three_sentences_for_everything_and_each_fits_the_wire(
    language: str, temperament: Temperament, occasion: Occasion
) -> None:
    sentences = tongue(language).say[occasion][temperament]
    assert len([text for text in sentences if gaps(text) <= WANTED.get(occasion, NOTHING)]) >= LEAST
    assert len(set(sentences)) == len(sentences)
    for text in sentences:
        assert gaps(text) <= allowed(occasion)
        assert gaps(text) >= WANTED.get(occasion, NOTHING)
        said = text.format(**longest_words(language))
        assert len(said) <= LONGEST, said
        assert not re.search(r"[{}]|\s\s|\s[.,!?;:]|^\s|\s$", said), said
        assert said[-1] in ".?!", said


@pytest.mark.parametrize(("language", "temperament", "occasion"), EVERY)
def test_every_sentence_can_be_drawn_and_every_word_is_filled_in(
    language: str, temperament: Temperament, occasion: Occasion
) -> None:
    words = longest_words(language)
    names = {name: words[name] for name in sorted(allowed(occasion))}
    count = len(tongue(language).say[occasion][temperament])
    drawn = [say(language, temperament, occasion, lambda _, n, at=at: at % n, **names) for at in range(count)]  # type: ignore[misc]
    assert len(set(drawn)) == count
    assert all(said[0].isupper() for said in drawn)
    assert not any("{" in said for said in drawn)


def test_no_sentence_is_said_by_two_temperaments_or_on_two_occasions() -> None:
    for language in LANGUAGES:
        said = [text for by in tongue(language).say.values() for sentences in by.values() for text in sentences]
        assert len(set(said)) == len(said), sorted(text for text in said if said.count(text) > 1)


def test_the_languages_have_the_same_keys_and_leave_the_same_words_open() -> None:
    english, russian = (tongue(language) for language in LANGUAGES)
    for each in (english, russian):
        assert set(each.say) == set(Occasion)
        assert all(set(by) == set(TEMPERAMENTS) for by in each.say.values())
    for occasion, temperament in product(Occasion, TEMPERAMENTS):
        ours, theirs = (sorted(map(sorted, map(gaps, each.say[occasion][temperament]))) for each in (english, russian))
        assert ours == theirs


def test_every_value_has_a_word_and_every_order_is_something_to_do() -> None:
    for language in LANGUAGES:
        for value in (*SEATS, *ROLES, *SECTORS, *LEVELS, *OrderKind):
            assert word(language, value)
        assert len({word(language, order) for order in ORDERS}) == len(set(ORDERS))
    assert word("en", Order(OrderKind.MINES, Sector.RIVER)) == "lay mines at the river"
    assert word("ru", Order(OrderKind.HOLD, Sector.RAIL)) == "держать железную дорогу"
    assert word("ru", Order(OrderKind.PAPERWORK)) == "заняться бумагами"


def test_no_sentence_names_a_role_a_seat_or_a_sector_but_where_it_is_handed_one() -> None:
    for language in LANGUAGES:
        words = tongue(language).words
        names = [*words.roles.values(), *words.seats.values()]
        for text in (text for by in tongue(language).say.values() for texts in by.values() for text in texts):
            assert not any(name.lower() in text.lower() for name in names), text
            assert hear(text).seats == ()


OF_ONE_GENDER = re.compile(
    r"\b(?:я \w+ла?|согласен|согласна|готова?|рада?|должна?|должен|уверена?|обязана?|благодарен|благодарна|самому|"
    r"устала?|сама?|жива?|одному|одной)\b",
    re.IGNORECASE,
)


def test_a_bot_says_nothing_of_itself_in_russian_that_has_a_gender() -> None:
    harmless = "Одной заботой у вас меньше", "одной строкой"
    for text in (text for by in tongue("ru").say.values() for texts in by.values() for text in texts):
        assert not OF_ONE_GENDER.search(text) or any(words in text for words in harmless), text


@pytest.mark.parametrize(("language", "temperament"), list(product(LANGUAGES, TEMPERAMENTS)))
def test_bots_understand_each_other_and_read_nothing_else_into_it(language: str, temperament: Temperament) -> None:
    seat, role, sector = Seat.VOLGA, Role.PAVEL, Sector.FOREST
    for occasion, order, level in product(Occasion, ORDERS, LEVELS):
        names = filled(language, {"seat": seat, "role": role, "sector": sector, "level": level, "order": order})
        may: dict[Occasion, set[Form]] = {
            Occasion.CLAIM: {Thrust(sector, level)},
            Occasion.PROMISE: {Will(order)},
            Occasion.ASK: {Ask(seat, order)},
            Occasion.ACCUSE: {Name(seat), Suspect(seat, role)},
        }
        for text in tongue(language).say[occasion][temperament]:
            heard = hear(text.format(**names))
            assert set(heard.forms) <= may.get(occasion, set()), (text, order)
            if occasion in (Occasion.CLAIM, Occasion.PROMISE, Occasion.ASK):
                assert heard.forms, text.format(**names)
            if occasion is Occasion.AGREE:
                assert heard.is_yes, text
            if occasion is Occasion.THANKS:
                assert heard.is_thanks or temperament is Temperament.WEARY, text
            assert heard.language == language
            assert not (heard.is_no and occasion not in (Occasion.REFUSE,)), text


def test_words_that_an_occasion_has_no_use_for_are_left_out_and_one_that_it_wants_must_be_given() -> None:
    def first(purpose: str, n: int) -> int:
        return 0

    assert say("en", Temperament.DRY, Occasion.AGREE, first, seat="Luna") == "Agreed."
    with pytest.raises(KeyError):
        say("en", Temperament.DRY, Occasion.CLAIM, first, sector="the river")
    with pytest.raises(UnknownLanguage):
        say("fr", Temperament.DRY, Occasion.AGREE, first)


def test_a_role_is_spoken_of_only_where_one_is_given() -> None:
    def last(purpose: str, n: int) -> int:
        return n - 1

    assert (
        say("ru", Temperament.DRY, Occasion.ACCUSE, last, seat="Луна")
        == "Мой выбор — Луна. Основания изложу, если спросят."
    )
    accuse = "ru", Temperament.DRY, Occasion.ACCUSE, last
    assert say(*accuse, seat="Луна") == "Мой выбор — Луна. Основания изложу, если спросят."
    assert say(*accuse, seat="Луна", role="Берия") == "Мой вывод: Луна — Берия."


def test_a_seat_keeps_its_temperament_through_a_match_and_matches_differ() -> None:
    matches = [f"commitment {number}" for number in range(200)]
    for seat in SEATS:
        assert temperament_of(matches[0], seat) is temperament_of(matches[0], seat)
        found = [temperament_of(match, seat) for match in matches]
        assert all(found.count(temperament) > len(matches) / 8 for temperament in TEMPERAMENTS)
    assert len({tuple(temperament_of(match, seat) for seat in SEATS) for match in matches}) > len(matches) / 2
