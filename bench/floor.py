"""The floor: a bare Flask, Jinja and SQLAlchemy app without sign-in, languages or rules. A limit, not a rival."""

from __future__ import annotations

import flask
import sqlalchemy as sa

LIST = """<!doctype html><title>Ideas</title><h1>Ideas</h1>
{% for i in ideas %}<article>
<h2><a href="/ideas/{{ i.id }}">{{ i.title }}</a></h2>
<p>{{ i.body[:160] }}</p><p>{{ i.support_count }}</p></article>{% endfor %}"""
IDEA = """<!doctype html><title>{{ idea.title }}</title><h1>{{ idea.title }}</h1><p>{{ idea.body }}</p>
{% for c in replies %}<article><p>{{ c.kind }}</p><p>{{ c.body }}</p></article>{% endfor %}"""
NEWEST = "SELECT id, title, body, support_count FROM proposal WHERE state = 'published' ORDER BY id DESC LIMIT 20"


def create_floor(url: str) -> flask.Flask:
    """An app that shows the ideas and replies of the store at `url`, with one query for each kind of row."""
    from codesign.db import make_engine

    app = flask.Flask(__name__)
    engine = make_engine(url)
    ideas_page, idea_page = app.jinja_env.from_string(LIST), app.jinja_env.from_string(IDEA)

    @app.get("/ideas")
    def ideas() -> str:
        with engine.connect() as c:
            rows = c.execute(sa.text(NEWEST)).all()
        return ideas_page.render(ideas=rows)

    @app.get("/ideas/<int:number>")
    def idea(number: int) -> str:
        with engine.connect() as c:
            row = c.execute(sa.text("SELECT id, title, body FROM proposal WHERE id = :i"), {"i": number}).one()
            replies = c.execute(
                sa.text("SELECT kind, body FROM contribution WHERE proposal_id = :i ORDER BY id DESC LIMIT 20"),
                {"i": number},
            ).all()
        return idea_page.render(idea=row, replies=replies)

    return app
