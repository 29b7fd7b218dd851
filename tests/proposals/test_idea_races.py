"""Many taps at the same moment: one idea, one support a member, and counts that are true."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from build import make_idea, make_member
from worlds import World

from codesign.db import writing
from codesign.proposals import queries
from codesign.proposals.models import Proposal

KEY = "00000000-0000-4000-8000-00000000000a"


def at_once(acts: list[Callable[[], int]]) -> list[int]:
    """Run all acts together; their status codes."""
    gate, codes = threading.Barrier(len(acts)), [0] * len(acts)

    def run(n: int, act: Callable[[], int]) -> None:
        gate.wait()
        codes[n] = act()

    threads = [threading.Thread(target=run, args=(n, act)) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return codes


@pytest.mark.parametrize("drafted", [False, True])
def test_the_same_form_sent_eight_times_at_once_is_one_idea(world: World, drafted):
    clients = [world.browse(world.me) for _ in range(8)]
    data = {"title": "Tea for all", "body": "", "language": "en", "themes": ["BRI"], "key": KEY, "action": "send"}
    if drafted:
        clients[0].post("/ideas/new", data=data | {"action": "save"})
    codes = at_once([lambda c=c: c.post("/ideas/new", data=data).status_code for c in clients])
    assert codes == [303] * 8
    world.session.rollback()
    assert world.session.query(Proposal).count() == 1
    idea = world.session.query(Proposal).one()
    assert [v.number for v in queries.versions(world.session, idea.id)] == [1]


def test_support_at_the_same_moment_counts_each_member_once(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me)
        people = [make_member(world.session, world.panel) for _ in range(5)]
    clients = [world.browse(person) for person in people for _ in range(2)]
    url = f"/ideas/{idea.id}/support"
    codes = at_once([lambda c=c: c.post(url, data={"on": "1"}).status_code for c in clients])
    assert codes == [303] * 10
    assert world.fresh(idea).support_count == 5
    assert queries.miscounted(world.session) == []


def test_two_devices_that_save_at_once_do_not_overwrite_each_other(world: World):
    with writing(world.session):
        idea = make_idea(world.session, world.round, world.me)
    clients = [world.browse(world.me) for _ in range(4)]

    def save(n: int) -> int:
        data = {"title": f"Words {n}", "body": "", "language": "en", "themes": ["BRI"], "seen": "1"}
        return int(clients[n].post(f"/ideas/{idea.id}/edit", data=data).status_code)

    codes = at_once([lambda n=n: save(n) for n in range(4)])
    assert sorted(codes) == [303, 422, 422, 422]
    assert world.fresh(idea).version == 2
