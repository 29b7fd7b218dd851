"""Search finds ideas in Latin, Cyrillic, Arabic and Ethiopic script, the same on both databases."""

from __future__ import annotations

import pytest
from build import make_idea
from worlds import World

from codesign.db import writing
from codesign.proposals import queries

TITLES = {
    "nl": "Een café met koffie in de buurt",
    "tr": "İş yerinde Türkçe konuşmak",
    "uk": "Уроки по телефону для мам",
    "ar": "المدرسة بعيدة عن البيت",
    "fa": "کتابخانه‌ی نزدیک خانه",
    "ti": "ሓደ ጎረቤት ሻሂ የምጽእ",
}


@pytest.fixture
def ideas(world: World) -> World:
    with writing(world.session):
        for language, title in TITLES.items():
            make_idea(world.session, world.round, world.other, title, language=language)
    return world


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("cafe", "nl"),
        ("CAFÉ", "nl"),
        ("koff", "nl"),
        ("buurt koffie", "nl"),
        ("is yerinde", "tr"),
        ("turkce", "tr"),
        ("телеф", "uk"),
        ("المدرسة", "ar"),
        ("مدرسه", "ar"),
        ("البَيْت", "ar"),
        ("كتابخانه", "fa"),
        ("کتابخ", "fa"),
        ("ጎረቤት", "ti"),
        ("ሻሂ ጎረ", "ti"),
    ],
)
def test_words_find_their_idea(ideas: World, words, language):
    found = queries.published(ideas.session, ideas.round.id, ideas.me.id, words=words)
    assert [row[0].language for row in found.items] == [language]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "'",
        '"',
        "koffie OR",
        "NEAR(",
        "a* b*",
        "koffie:*",
        "%",
        "_",
        "\\",
        "-- ;",
        "' | '",
        "!koffie",
        "x" * 5000,
        "\x00",
    ],
)
def test_whatever_somebody_types_is_only_words(ideas: World, words):
    found = queries.published(ideas.session, ideas.round.id, ideas.me.id, words=words)
    expected = len(TITLES) if not words.strip() else None
    assert expected is None or len(found.items) == expected


def test_all_words_must_be_there_and_only_in_this_round(ideas: World):
    assert not queries.published(ideas.session, ideas.round.id, ideas.me.id, words="koffie telefono").items
    assert not queries.published(ideas.session, ideas.round.id + 1000, ideas.me.id, words="koffie").items
