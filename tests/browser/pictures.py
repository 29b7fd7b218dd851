"""`make pictures`: the demonstration place served from a temporary folder, and docs/pictures/ taken of it."""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

import beside
import sights
import sqlalchemy as sa
from playwright.sync_api import sync_playwright
from stage import ARGUMENTS, Stage, chromium, serving

from codesign.advice.models import SentAdvice
from codesign.documents.domain import digest, read
from codesign.documents.render.pdf import TEMPLATE
from codesign.documents.render.press import pictures_of
from codesign.documents.render.view import view

HERE = Path(__file__).parents[2] / "docs" / "pictures"
PHONE, TABLET, LAPTOP = {"width": 360, "height": 740}, {"width": 768, "height": 1024}, {"width": 1280, "height": 800}
# A picture longer than this shows nothing more to somebody who looks through a folder.
LONGEST = {"360": 2200, "768": 1600, "1280": 1600}
Size = tuple[str, str, dict[str, int]]
PHONES: tuple[Size, ...] = (("360", "nl", PHONE), ("360", "ar", PHONE))
WIDE: Size = ("1280", "en", LAPTOP)


def small(png: bytes) -> bytes:
    """The picture in 256 colours, where Pillow is there to do it; flat pages lose nothing one can see."""
    try:
        from PIL import Image
    except ImportError:
        return png
    image = Image.open(io.BytesIO(png)).convert("RGB")
    out = io.BytesIO()
    image.quantize(256, kmeans=1, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return min(out.getvalue(), png, key=len)


def take(browser: Any, stage: Stage, face: str, find: Callable[[str], list[sights.Sight]], *sizes: Size) -> None:
    """Pictures of all pages of a face, in these widths and languages."""
    for width, language, viewport in sizes:
        for sight in find(language):
            context = stage.context(browser, language=language, name=sight.who, viewport=viewport)
            page = context.new_page()
            try:
                sights.go(page, sight)
                # The bar at the foot and the row on top stand where they would on the first screen.
                height = min(int(page.evaluate("document.documentElement.scrollHeight")), LONGEST[width])
                page.set_viewport_size({"width": viewport["width"], "height": max(height, viewport["height"])})
                name = f"{face}-{sight.name.removeprefix(f'{face}-')}-{width}-{language}.png"
                (HERE / name).write_bytes(small(page.screenshot(animations="disabled")))
            except Exception as error:
                raise RuntimeError(f"{sight.name}, {width}, {language}: {error}") from error
            finally:
                context.close()


def some(find: Callable[[], list[sights.Sight]], *names: str) -> Callable[[str], list[sights.Sight]]:
    """Of these sights those with such names."""
    return lambda _language: [sight for sight in find() if sight.name in names]


def around(stage: Stage) -> dict[str, list[sights.Sight]]:
    """What stands beside an advice: groups, decisions and the vision, by the face that sees them."""
    found = {sight.name: sight for sight in beside.pages(stage, sights.ENGLISH)}
    wanted = {
        "member": {"vision": "/vision", "networks": "/networks", "calendar": "/calendar"},
        "public": {"networks": "/places/veldhaven/networks"},
    }
    return {
        face: [replace(found[path], name=name) for name, path in paths.items() if path in found]
        for face, paths in wanted.items()
    }


def paper(stage: Stage) -> None:
    """The first pages of the sent advice, as the PDF has them."""
    (payload,) = stage.ask(sa.select(SentAdvice.payload))[0]
    data = view(read("advice", payload), digest(payload))
    for number, png in enumerate(pictures_of(TEMPLATE, data)[:6], start=1):
        (HERE / f"paper-advice-{number}.png").write_bytes(small(png))


def ways(browser: Any, stage: Stage, face: str, *wanted: tuple[str, Size]) -> None:
    """Pictures of votes in other ways than ticks, each in one width and language."""
    for name, size in wanted:
        take(
            browser, stage, face, lambda lang, name=name: [sights.ways_to_vote(stage, sights.MEMBER[lang])[name]], size
        )


def main() -> int:
    """0 when all pictures are taken."""
    path = chromium()
    if path is None:
        sys.stderr.write("Pictures need Chromium: apt install chromium\n")
        return 2
    HERE.mkdir(parents=True, exist_ok=True)
    for old in HERE.glob("*.png"):
        old.unlink()
    start = time.monotonic()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS, headless=True)
        both, (dutch, arabic) = (*PHONES, WIDE), PHONES
        with serving(Path(folder, "answered")) as stage:
            take(browser, stage, "member", lambda lang: sights.member(stage, sights.MEMBER[lang]), *both)
            take(browser, stage, "door", lambda _: sights.door(stage), *both)
            take(browser, stage, "moderator", lambda _: sights.moderator(stage), *both)
            take(browser, stage, "host", lambda _: sights.host(stage), *both)
            take(browser, stage, "public", lambda _: sights.public(stage), *both)
            take(browser, stage, "member", lambda _: around(stage)["member"], dutch)
            take(browser, stage, "public", lambda _: around(stage)["public"], WIDE)
            paper(stage)
            ways(browser, stage, "member", ("vote-order", dutch), ("result-money", dutch))
            sights.count_the_order(stage)
            ways(browser, stage, "member", ("result-order", WIDE))
        with serving(Path(folder, "preparing"), until="preparing") as stage:
            ways(browser, stage, "moderator", ("desk-money", WIDE))
        with serving(Path(folder, "voting"), until="voting") as stage:
            ways(browser, stage, "member", ("vote-money", arabic))
            sights.come_to_the_room(browser, stage, sights.DUTCH, sights.ENGLISH)
            ways(browser, stage, "moderator", ("sheet", ("1280", "nl", LAPTOP)), ("tablet", ("768", "ar", TABLET)))
        with serving(Path(folder, "composing"), until="composing") as stage:
            shown = ("editor", "editor-chain", "editor-words", "editor-heard")
            take(browser, stage, "moderator", some(lambda: sights.editor(stage), *shown), WIDE)
            take(browser, stage, "moderator", some(lambda: sights.editor(stage), "editor"), *PHONES)
        with serving(Path(folder, "answering"), until="answering") as stage:
            take(browser, stage, "member", lambda lang: sights.writing(stage, sights.MEMBER[lang]), *both)
            take(browser, stage, "official", lambda _: sights.official(stage), *both)
        browser.close()
    taken = list(HERE.glob("*.png"))
    size = sum(p.stat().st_size for p in taken) / 1e6
    sys.stdout.write(f"{len(taken)} pictures, {size:.1f} MB, {time.monotonic() - start:.0f} s, in {HERE}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
