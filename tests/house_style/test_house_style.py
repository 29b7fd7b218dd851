"""The house style of a place: from two files of the host to public pages and files of an advice, and what is refused."""

from __future__ import annotations

import io
import json
import re
import time
import zlib
from datetime import UTC, datetime
from pathlib import Path

import build
import pytest
from PIL import Image, PngImagePlugin
from sqlalchemy import select

from codesign.crossing import RECEIVERS
from codesign.db import writing
from codesign.documents.domain import DocumentError, digest, freeze
from codesign.documents.receiving import receive_advice, receive_place, receive_release
from codesign.documents.render.files import docx, odt
from codesign.documents.render.pdf import pdf
from codesign.documents.verify import verify_file
from codesign.jobs.models import OutboxItem
from codesign.places.house_style import BASE, ROLES, NoTokens, contrast, read_tokens, style_of, style_sheet, too_weak
from codesign.places.logo import NoLogo, clean
from tests.documents.conftest import load
from tests.look.test_contrast import contrast as as_tested
from tests.look.test_contrast import scheme

NOW = datetime(2026, 9, 7, 10, 0, tzinfo=UTC)
FILE = {
    "utrecht": {
        "link": {"color": {"$value": "#154273"}},
        "page-header": {"background-color": {"value": "#154273"}, "color": {"value": "#FFF"}},
        "button": {
            "border-radius": {"value": "4px"},
            "background-image": {"value": "url(https://spy.example/x.png)"},
            "primary-action": {"background-color": {"value": "#154273"}, "color": {"value": "#fff"}},
        },
        "heading": {"font-family": {"value": "Georgia, 'RO Sans', serif"}},
    },
    "basis": {"size": {"a": {"value": "1.5rem"}, "b": {"value": "calc(1px + 2px)"}, "c": {"value": "{basis.size.a}"}}},
    "nl": {"x": {"color": {"value": "red;} body{display:none"}}},
    "rijkshuisstijl": {"color": {"value": "#000000"}},
}


def png(size=(240, 80), **how):
    """A small logo with words in it that nobody should see."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Somebody At Home")
    out = io.BytesIO()
    Image.new("RGB", size, "#154273").save(out, "PNG", pnginfo=words, **how)
    return out.getvalue()


def sent(session):
    session.rollback()
    items = session.scalars(select(OutboxItem).where(OutboxItem.kind == "house_style").order_by(OutboxItem.id)).all()
    return [item.payload for item in items]


def post(client, **files):
    data = {"language": "nl", "alternative": "Gemeente Veldhaven"} | files
    return client.post(
        "/host/places/veldhaven/house-style", data=data, content_type="multipart/form-data"
    )  # fmt: skip


def test_only_plain_tokens_of_the_design_system_are_taken_and_the_others_are_named():
    taken, left = read_tokens(json.dumps(FILE).encode())
    assert taken["utrecht-page-header-color"] == "#fff"
    assert taken["utrecht-heading-font-family"] == "Georgia, 'RO Sans', serif"
    assert (taken["basis-size-a"], len(taken)) == ("1.5rem", 8)
    assert left == ["utrecht-button-background-image", "basis-size-b", "basis-size-c", "nl-x-color",
                    "rijkshuisstijl-color"]  # fmt: skip
    for content in (b"", b"[]", b"\xff", b"{" * 10_000, b"3", b"{}", b'{"a":' * 3_000 + b"1" + b"}" * 3_000):
        with pytest.raises(NoTokens):
            read_tokens(content)


def test_no_size_hides_words_and_no_value_leaves_its_place_in_a_style_sheet():
    fine = {"utrecht-document-font-size": "1.125rem", "utrecht-table-line-height": "150%", "utrecht-page-max-inline-size":
            "1200px", "utrecht-alert-padding-block-end": "0", "basis-size-z": "90rem"}  # fmt: skip
    assert read_tokens(json.dumps(fine).encode()) == (fine, [])
    hiding = {"utrecht-document-font-size": "0", "utrecht-table-line-height": "1px", "utrecht-button-max-inline-size":
              "0.1rem", "utrecht-page-padding-inline-start": "9999px", "utrecht-alert-column-gap": "900%"}  # fmt: skip
    assert read_tokens(json.dumps(hiding).encode()) == ({}, list(hiding))
    hostile = [
        "url(x)", "red", "#fff;}", "#fff}*{display:none", "var(--ink)", "expression(1)", "\\23 fff", "#ffff", "@import 'x'",
        "1px/**/", "\u0661px", "#fff !important", "calc(1px)", "env(x)", "#fff\n;", "a\\", "'a;b'", '"a\'"', "</style>",
    ]  # fmt: skip
    names = [f"utrecht-x{n}-font-family" for n in range(len(hostile))]
    taken, left = read_tokens(json.dumps(dict(zip(names, hostile, strict=True))).encode())
    assert (taken, len(left)) == ({names[1]: "red"}, len(hostile) - 1)
    for name in ("utrecht-x;-color", "utrecht-x}-color", "utrecht-X-color", "utrecht-x-color\n", "--utrecht-x-color"):
        assert read_tokens(json.dumps({name: "#fff"}).encode())[0] in ({}, {"utrecht-x-color": "#fff"})
    long = {"a" * 400_000: {str(n): 1 for n in range(50_000)}}
    start = time.perf_counter()
    assert read_tokens(json.dumps(long).encode()) == ({}, ["a" * 100])
    assert time.perf_counter() - start < 2  # minutes before names were cut


@pytest.mark.parametrize(
    ("tokens", "weak"),
    [
        ({"utrecht-link-color": "#154273"}, []),
        ({"utrecht-link-color": "#7aa7e0"}, ["utrecht-link-color"]),
        ({"utrecht-page-header-background-color": "#f9e11e"}, ["utrecht-page-header-background-color"]),
        ({"utrecht-button-primary-action-color": "#ffffff"}, ["utrecht-button-primary-action-color"]),
        ({"utrecht-alert-background-color": "#333333"}, ["utrecht-alert-background-color"]),
        ({"utrecht-textbox-border-color": "#eeeeee", "nl-x-background-color": "#000", "nl-x-color": "#fff"}, []),
        # An error is written as any alert is, and a field with a fault as any field.
        ({"utrecht-alert-background-color": "#111", "utrecht-alert-color": "#fff"}, ["utrecht-alert-color"]),
        (
            {
                "utrecht-x-background-color": "#111",
                "utrecht-x-color": "#fff",
                "utrecht-x-invalid-background-color": "#eee",
            },
            ["utrecht-x-color", "utrecht-x-invalid-background-color"],
        ),
        ({"utrecht-x-background-color": "#111", "utrecht-x-color": "#fff", "utrecht-x-hover-color": "#eee"}, []),
        ({"nl-x-background-color": "#000", "nl-x-color": "#333"}, ["nl-x-background-color", "nl-x-color"]),
    ],
)
def test_colours_that_cannot_be_read_together_are_refused_by_name(tokens, weak):
    found = {name for pair in too_weak(tokens) for name in (pair.figure, pair.ground) if not name.startswith("(")}
    assert found == set(weak)
    assert all(pair.contrast < pair.least for pair in too_weak(tokens))


def test_our_own_colours_are_those_of_the_base_theme():
    ours = scheme("light")
    full = {name: re.sub(r"^#(.)(.)(.)$", r"#\1\1\2\2\3\3", ours[name]) for name in BASE}
    assert full == BASE
    assert contrast("#154273", "#fff") == as_tested("#154273", "#fff")
    source = Path(__file__).parents[2] / "static" / "css" / "src"
    used = "".join(path.read_text(encoding="utf-8") for path in source.glob("*.css"))
    assert all(f"var(--{role})" in used for role in ROLES)


def test_a_logo_keeps_the_picture_and_nothing_else():
    content, width, height = clean(png() + b"<script>")
    assert (width, height) == (240, 80)
    assert b"Somebody" not in content
    assert b"script" not in content
    assert clean(content) == (content, 240, 80)
    assert Image.open(io.BytesIO(content)).getpixel((0, 0)) == (0x15, 0x42, 0x73)
    whole = png()
    cut = whole[: len(whole) // 2]
    bomb = bytearray(png())
    bomb[16:24] = (2_000).to_bytes(4, "big") * 2
    bomb[29:33] = zlib.crc32(bytes(bomb[12:29])).to_bytes(4, "big")
    for bad, why in (
        (b"<?xml version='1.0'?><svg onload='alert(1)'/>", "svg"), (b"GIF89a", "not_png"), (cut, "broken"),
        (png((8, 8)), "sides"), (png((2001, 20)), "sides"), (bytes(bomb), "broken"), (whole[:40] + b"x", "broken"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 200_000, "too_large"), (b"\x89PNG\r\n\x1a\n", "broken"),
    ):  # fmt: skip
        with pytest.raises(NoLogo, match=why):
            clean(bad)


def test_from_two_files_of_the_host_to_the_public_pages_and_back(client, record_client, session, sign_in, tmp_path):
    build.make_place(session, code="veldhaven")
    sign_in(client, build.make_host(session))
    tokens = (io.BytesIO(json.dumps(FILE).encode()), "tokens.json")
    assert post(client).status_code == 422
    for files, why in (
        ({"tokens": (io.BytesIO(b"[]"), "t.json")}, "no file of design tokens"),
        ({"tokens": (io.BytesIO(b'{"utrecht-link-color":"#eee"}'), "t.json")}, "utrecht-link-color cannot be read on"),
        ({"logo": (io.BytesIO(b"<svg/>"), "l.svg")}, "This is an SVG"),
        ({"logo": (io.BytesIO(png()), "l.png"), "alternative": " "}, "Say in words what the logo shows"),
    ):
        reply = post(client, **files)
        assert (reply.status_code, why in reply.text) == (422, True)
    assert sent(session) == []
    assert post(client, tokens=tokens).status_code == 303
    page = client.get("/host/places/veldhaven/house-style").text
    assert "Left out: utrecht-button-background-image" in page
    assert "8 tokens" in page
    assert post(client, logo=(io.BytesIO(png()), "l.png")).status_code == 303
    first, both = sent(session)
    assert json.loads(both)["tokens"] == json.loads(first)["tokens"]

    with writing(session):
        receive_place(session, freeze("place", load("place")), NOW)
        for name in ("release", "release_adoption"):
            receive_release(session, freeze("release", load(name)), NOW)
        receive_advice(session, freeze("advice", load("advice")), NOW)
    plain = record_client.get("/advice/veldhaven/2026-3.pdf")
    assert "/style-" not in record_client.get("/advice/veldhaven/2026-3").text
    with writing(session):
        # The older one comes in twice, and once too late.
        for payload in (first, first, both, first):
            RECEIVERS["house_style"](session, payload, NOW)
    name = digest(both)
    for path in ("/advice/veldhaven/2026-3", "/places/veldhaven"):
        text = record_client.get(path).text
        assert f'<link rel="stylesheet" href="/places/veldhaven/style-{name}.css">' in text
        assert 'alt="Gemeente Veldhaven" lang="nl"' in text
        assert " style=" not in text
    assert "/style-" not in record_client.get("/").text
    sheet = record_client.get(f"/places/veldhaven/style-{name}.css")
    assert "immutable" in sheet.headers["Cache-Control"]
    assert "--hero:#154273;--on-hero:#fff;--cool:#154273" in sheet.text
    assert "utrecht-page-header" not in sheet.text
    logo = re.search(r"/places/veldhaven/logo-[0-9a-f]{64}\.png", record_client.get("/places/veldhaven").text)[0]
    assert record_client.get(logo).data == clean(png())[0]
    assert record_client.get(f"/places/veldhaven/style-{'0' * 64}.css").status_code == 404
    assert record_client.get(f"/places/veldhaven/logo-{'0' * 64}.png").status_code == 404
    dressed = record_client.get("/advice/veldhaven/2026-3.pdf")
    assert dressed.data != plain.data
    assert dressed.headers["ETag"] != plain.headers["ETag"]
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(record_client.get("/advice/veldhaven/2026-3/bundle.zip").data)
    assert all(finding.holds for finding in verify_file(bundle))

    assert client.post("/host/places/veldhaven/house-style/take-away").status_code == 303
    with writing(session):
        RECEIVERS["house_style"](session, sent(session)[-1], NOW)
    assert "/style-" not in record_client.get("/places/veldhaven").text
    assert record_client.get("/advice/veldhaven/2026-3.pdf").data == plain.data


def test_a_style_colours_each_file_and_the_same_one_gives_the_same_bytes():
    stored, name = freeze("advice", load("advice")), freeze("house_style", load("house_style"))
    style = style_of(load("house_style"), digest(name), name)
    for make in (pdf, docx, odt):
        assert make(stored, style) != make(stored)
        assert make(stored, style_of(load("house_style"), digest(name), name)) == make(stored, style)
    assert "@media not (prefers-color-scheme:dark)" in style_sheet(style)


@pytest.mark.parametrize(
    "change",
    [
        {"tokens": [{"name": "utrecht-link-color", "value": "#eeeeee"}]},
        {"tokens": [{"name": "utrecht-link-color", "value": "red"}]},
        {"tokens": [{"name": "own-link-color", "value": "#154273"}]},
        {"tokens": [{"name": "nl-a", "value": "1px"}, {"name": "nl-a", "value": "2px"}]},
        {"logo": {**load("house_style")["logo"], "width": 239}},
        {"logo": {**load("house_style")["logo"], "content": "AAAA"}},
        {"logo": {**load("house_style")["logo"], "alternative": ""}},
    ],
)
def test_what_crosses_is_checked_again(change):
    with pytest.raises(DocumentError):
        freeze("house_style", load("house_style") | change)


def test_a_full_file_and_a_logo_come_in_together_also_where_forms_are_checked_first(client, session, sign_in, house):
    build.make_place(session, code="veldhaven")
    sign_in(client, build.make_host(session))
    tokens = json.dumps({"utrecht-link-color": "#154273", "x": "y" * 999_000}).encode()
    house.panel.config["WTF_CSRF_ENABLED"] = True
    try:
        page = client.get("/host/places/veldhaven/house-style").text
        known = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
        files = {"tokens": (io.BytesIO(tokens), "t.json"), "logo": (io.BytesIO(b"x" * 300_000), "l.png")}
        reply = post(client, csrf_token=known, **files)
    finally:
        house.panel.config["WTF_CSRF_ENABLED"] = False
    assert (reply.status_code, "This is not a PNG." in reply.text) == (422, True)
