"""Static files reach a browser compressed, with a hash in their address, and only from their own folder."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from codesign.web.assets import asset, init_assets

STATIC = Path(__file__).parents[2] / "static"


@pytest.fixture
def small_app() -> Iterator[Flask]:
    """An app with nothing but static files."""
    app = Flask("small", static_folder=str(STATIC))
    init_assets(app)
    with app.test_request_context("/"):
        yield app


@pytest.fixture
def browser(small_app: Flask) -> FlaskClient:
    return small_app.test_client()


def test_a_hashed_address_is_kept_for_a_year(small_app: Flask, browser: FlaskClient) -> None:
    reply = browser.get(asset("css/member.css"), headers={"Accept-Encoding": "gzip"})
    assert reply.status_code == 200
    assert reply.headers["Content-Encoding"] == "gzip"
    assert "immutable" in reply.headers["Cache-Control"]
    assert reply.mimetype == "text/css"
    assert gzip.decompress(reply.data) == (STATIC / "css" / "member.css").read_bytes()
    again = browser.get(
        asset("css/member.css"), headers={"Accept-Encoding": "gzip", "If-None-Match": reply.headers["ETag"]}
    )
    assert again.status_code == 304


def test_an_address_without_the_right_hash_is_kept_for_an_hour(browser: FlaskClient) -> None:
    for address in ("/static/css/member.css", "/static/css/member.css?v=0000000000"):
        assert browser.get(address).headers["Cache-Control"] == "public, max-age=3600"


def test_who_cannot_unpack_gets_the_plain_file(browser: FlaskClient) -> None:
    reply = browser.get("/static/js/house.js", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in reply.headers
    assert "Accept-Encoding" in reply.headers["Vary"]
    assert reply.data == (STATIC / "js" / "house.js").read_bytes()


def test_letters_are_not_packed_twice(browser: FlaskClient) -> None:
    reply = browser.get("/static/vendor/noto/arabic.woff2", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in reply.headers
    assert reply.data[:4] == b"wOF2"


@pytest.mark.parametrize(
    "name", ["nothing.css", "../pyproject.toml", "css/../../pyproject.toml", "%2e%2e/pyproject.toml", "css"]
)
def test_nothing_outside_the_folder_is_served(browser: FlaskClient, name: str) -> None:
    assert browser.get(f"/static/{name}").status_code == 404


def test_a_wrong_name_is_an_error_for_the_writer_not_the_reader(small_app: Flask) -> None:
    with pytest.raises(FileNotFoundError):
        asset("css/no-such.css")
