from build import make_idea, make_member, make_panel, make_reply, make_round
from codesign.db import writing
from codesign.rules.phases import Phase


def test_pages_open(client, session, sign_in):
    with writing(session):
        panel = make_panel(session)
        round_ = make_round(session, panel, Phase.PROPOSING)
        me = make_member(session, panel)
        other = make_member(session, panel)
        idea = make_idea(session, round_, other)
        make_reply(session, idea, me)
    sign_in(client, me)
    for url in ("/tell", "/ideas", "/ideas/new", f"/ideas/{idea.id}"):
        reply = client.get(url)
        assert reply.status_code == 200, (url, reply.status_code)
