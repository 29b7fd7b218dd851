"""Where sentences end in every language of the house, and which earlier sentence each still is after an edit."""

from __future__ import annotations

import pytest

from codesign.evidence.sentences import ALIKE, Kept, follow, split


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We meet. Do we? Yes!", 3),
        ("Wij zien elkaar bijv. op school. Vaker niet.", 2),
        ("Он пришёл. Мы говорили… Потом ушли.", 3),
        ("هل نلتقي؟ لا. نريد ذلك!", 3),
        ("آیا همدیگر را می‌بینیم؟ نه. کم است.", 3),
        ("ہم ملتے ہیں۔ کم ملتے ہیں۔", 2),
        ("ንራኸብ ዲና፧ ኣይፋል። ደሓር።ንሕና ንደሊ።", 4),
        ("One line\nanother line\n\n- …\n", 2),
        (" . … ?! ", 0),
        ("", 0),
    ],
)
def test_sentences_end_at_the_marks_of_every_script(text, count):
    found = split(text)
    assert len(found) == count
    assert "".join("".join(found).split()) in "".join(text.split()) or count == 2


def test_the_same_words_stay_the_same_sentence_wherever_they_stand():
    before = ["We hardly meet.", "Nobody rang.", "The bus is late."]
    assert follow(before, [before[2], before[0], "New."]) == {0: Kept(2), 1: Kept(0)}
    assert follow(before, ["We hardly meet.", "We hardly meet."]) == {0: Kept(0), 1: Kept(0)}
    assert follow([], before) == follow(before, []) == {}


def test_a_slightly_changed_sentence_is_followed_in_order_and_a_new_one_is_not():
    before = [
        "We hardly meet neighbours in the street.",
        "We hardly meet neighbours in the school.",
        "Buses stop early.",
    ]
    now = [
        "We hardly ever meet neighbours in the street.", "We do hardly meet neighbours in the school.",
        "The town should pay for everything.",
    ]  # fmt: skip
    assert follow(before, now) == {0: Kept(0, changed=True), 1: Kept(1, changed=True)}
    # The first goes: what is left is paired with what it is most like, never twice.
    assert follow(before, now[1:2]) == {0: Kept(1, changed=True)}
    assert follow(["We hardly meet."], ["We meet often and gladly."]) == {}
    assert 0.7 < ALIKE < 0.8
