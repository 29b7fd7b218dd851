"""Writing and deciding: two people at one part of an advice, its evidence, and the panel that says what it thinks."""

from __future__ import annotations

from datetime import timedelta

from seats import Seat, Table

from codesign.advice.values import Words
from codesign.voting.models import Ballot
from codesign.web.clock import now

BECAUSE, TOO_SHORT = "من يدق الباب ليلا؟", "Say who thanks them."
IN_SHORT = {"nl": "Eén straat, één gezicht.", "ar": "في كل شارع وجه واحد."}
HOURS, TEA, KEY = "We open our kitchen twice a week.", "Neighbours bring tea.", "The key lies with the neighbour."


def compose(table: Table, desk: Seat, member: Seat) -> None:
    """Two people write one part at once, and nothing is lost; notes, evidence, preview and checklist."""
    world = table.world
    world.begin()
    world.words()
    world.recommend()
    at = f"/desk/advice/{world.advice_id}"
    desk.open(f"{at}/parts/we_do")
    desk.edit("we_do", f"{HOURS}\n{TEA}", "Saved.")
    desk.press("a[href$='/together/we_do']")
    desk.see("/together/we_do")
    desk.pick(str(world.members[0].id))
    desk.press("form[action$='/invite'] button")
    desk.page.locator("ul.rows", has_text=world.members[0].pseudonym).wait_for()
    desk.write("body", "Who has the key?")
    desk.press("form[action$='/note'] button")
    desk.hear("Who has the key?")

    member.open("/")
    member.press(".now-card a.go")
    member.see("/write/we_do")
    member.hear("Who has the key?")
    member.look()
    desk.open(f"{at}/parts/we_do")
    # Each in a paragraph of their own: both are kept.
    member.edit("we_do", f"{HOURS}\n{TEA} {KEY}", "Bewaard.")
    desk.edit("we_do", f"{HOURS} Also in August.\n{TEA}", "Saved.")
    both = f"{HOURS} Also in August.\n{TEA} {KEY}"
    assert stands(table) == both
    # Both in the same paragraph: the second is asked, with both texts before her.
    desk.open(f"{at}/parts/we_do")
    member.open(f"/advice/{world.advice_id}/write/we_do")
    member.edit("we_do", both.replace("twice a week", "on Mondays"), "Bewaard.")
    desk.edit("we_do", both.replace("twice a week", "on Fridays"), "Somebody else changed the same words.")
    assert "on Mondays" in stands(table)
    desk.send("#part-form button.go")
    desk.hear("Somebody else saved this while you wrote.")
    desk.look()
    assert "on Fridays" in desk.page.locator("[name=we_do]").input_value()
    desk.hear("on Mondays")
    desk.write("we_do", both.replace("twice a week", "on Mondays and Fridays"))
    desk.send("#part-form button.go")
    desk.hear("on Mondays and Fridays")
    assert "on Mondays and Fridays" in stands(table)


def give_evidence(table: Table, desk: Seat) -> None:
    """The checklist leads to what is missing; the preview follows what is typed; the chain is drawn."""
    at = f"/desk/advice/{table.world.advice_id}"
    for kind, words in (("practice", "Contact helps."), ("research", "Contact before help is asked helps most.")):
        desk.press(".g-check li.todo a[href*='/parts/elsewhere']")
        desk.see("/parts/elsewhere")
        desk.press("main a[href$='/cite']")
        desk.see("/cite")
        desk.pick(kind)
        desk.write("text", words)
        desk.write("source", "A study")
        desk.write("source_date", "2025-01-01")
        desk.send("#cite-form button.go")
        desk.hear(words)
    desk.open(f"{at}/parts/in_short")
    desk.write("text_nl", IN_SHORT["nl"])
    desk.edit("text_ar", IN_SHORT["ar"], "Saved.")
    desk.page.locator("#sheet", has_text=IN_SHORT["ar"]).wait_for()
    desk.open(f"{at}/parts/recommendations")
    desk.press("ul.rows a.btn")
    desk.see("/recommendations/")
    desk.edit("notice", "Somebody rings my bell, and comes back.", "Saved.")
    desk.page.locator("#sheet", has_text="and comes back.").wait_for()
    desk.press(".g-chain a[href$='/chain']")
    desk.see("/chain")
    desk.edit("activity", "A visit with tea", "Saved.")
    desk.page.locator("#sheet", has_text="A visit with tea").wait_for()
    desk.open(f"{at}/versions/we_do")
    desk.page.locator("ins", has_text="and Fridays").first.wait_for()
    desk.open(f"{at}/preview")
    for words in ("on Mondays and Fridays", "helps most.", IN_SHORT["ar"], "A visit with tea"):
        desk.hear(words)


def decide(table: Table, desk: Seat, member: Seat, arab: Seat) -> None:
    """Read in two languages, said "not yet, because", sent back, mended, adopted."""
    world = table.world
    at, read = f"/desk/advice/{world.advice_id}", f"/advice/{world.advice_id}"
    give(table, desk)
    member.open("/")
    member.press(".now-card a.go")
    member.see(read)
    member.hear(IN_SHORT["nl"])
    member.press("form:has(input[name=answer][value=yes]) button")
    member.hear("Je zei: dit is wat we bedoelden")
    arab.open(read)
    assert arab.page.locator("html").get_attribute("dir") == "rtl"
    arab.hear(IN_SHORT["ar"])
    arab.press("[data-say] .play")
    assert ["ar", IN_SHORT["ar"]] in arab.page.evaluate("window.said")
    assert {lang for lang, _text in arab.page.evaluate("window.said")} == {"ar"}
    arab.press("details:has(textarea[name$=because]) > summary")
    arab.page.locator("textarea[name$=because]").fill(BECAUSE)
    arab.press("form:has(textarea[name$=because]) button")
    arab.hear(BECAUSE)
    arab.look()
    desk.open(at)
    desk.hear("1 member says: this is what we meant. 1 says: not yet.")
    desk.hear(BECAUSE)
    vote(table, desk, member, "send_back", {"send_back": 6, "adopt": 2}, TOO_SHORT)
    desk.open(at)
    desk.hear("The panel sent the advice back.")
    desk.open(f"{at}/parts/recommendations")
    desk.press("ul.rows a.btn")
    desk.see("/recommendations/")
    desk.edit("what", "Ask one person in every street, and thank them each year.", "Saved.")
    give(table, desk)
    member.open(read)
    member.hear("thank them each year")
    vote(table, desk, member, "adopt", {"adopt": 8})
    desk.open(at)
    desk.hear("The panel adopted the advice.")


def vote(table: Table, desk: Seat, member: Seat, chosen: str, others: dict[str, int], why: str = "") -> None:
    """The moderator opens the vote on a page, one member casts on hers, the others cast too; then it ends."""
    until = (now() + timedelta(days=3)).date()
    desk.write("until", until.isoformat())
    desk.send("form[method=post]:has([name=until]) button.go")
    ballot = table.newest(Ballot)
    member.open(f"/vote/{ballot.id}")
    member.choose("o", chosen)
    if why:
        member.write("reason", why)
    member.send("button.go[value=look]")
    member.page.locator(".code b").wait_for()
    member.send("button.go[value=cast]")
    member.see("/done")
    table.cast(ballot, others, why)
    table.later(days=4)


def give(table: Table, desk: Seat) -> None:
    """The complete text goes to the panel."""
    desk.open(f"/desk/advice/{table.world.advice_id}")
    desk.send("form[action$='/give'] button.go")
    desk.page.locator("form[action$='/vote']").wait_for()


def stands(table: Table) -> str:
    """What the store holds of the part they write together."""
    from codesign.advice import composing

    table.session.rollback()
    table.session.expire_all()
    text = composing.content(table.session, table.world.view()).text(Words.WE_DO)
    table.session.rollback()
    return text
