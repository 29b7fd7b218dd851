"""Reading the demonstration's words from their files, and refusing what does not fit, with the place and the reason."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import yaml

from codesign.demo.advice_shapes import Heard, Recommendation
from codesign.demo.shapes import Idea, Place, Reply, Round
from codesign.indicators.domain import library
from codesign.voting.domain import ANSWERS, Method

FOLDER = Path(__file__).parent / "content"
ROUNDS = ("meet", "house", "lessons")
KINDS = {"for", "against", "question", "experience"}
DECISIONS = {"adopted", "partly", "not", "not_ours", "later"}
PHASES = ("listening", "proposing", "discussing", "voting", "advising", "answering", "following")

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
T = TypeVar("T")


class BadContent(ValueError):
    """The words of the demonstration do not fit their shape; the sentence says where."""


def build(cls: type[T], raw: Any, where: str) -> T:
    """A value of a shape from plain dicts and lists; raises `BadContent` on a missing, unknown or odd field."""
    if not isinstance(raw, Mapping):
        raise BadContent(f"{where} must have named fields.")
    fields = {f.name: f for f in dataclasses.fields(cls)}  # type: ignore[arg-type]
    if unknown := sorted(set(map(str, raw)) - set(fields)):
        raise BadContent(f"{where} has a field we do not know: {', '.join(unknown)}.")
    values, hints = {}, typing.get_type_hints(cls)
    for name, f in fields.items():
        if name in raw:
            values[name] = _value(hints[name], raw[name], f"{where}.{name}")
        elif f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING:
            raise BadContent(f"{where} lacks {name}.")
    return cls(**values)


def _value(kind: Any, raw: Any, where: str) -> Any:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return None if raw is None else _value(next(i for i in inner if i is not type(None)), raw, where)
    if origin is tuple:
        if not isinstance(raw, list):
            raise BadContent(f"{where} must be a list.")
        kinds = [inner[0]] * len(raw) if inner[-1] is ... else inner
        if len(kinds) != len(raw):
            raise BadContent(f"{where} must have {len(kinds)} values.")
        return tuple(_value(k, r, f"{where}[{n}]") for n, (k, r) in enumerate(zip(kinds, raw, strict=True)))
    if origin is dict:
        if not isinstance(raw, Mapping):
            raise BadContent(f"{where} must have named values.")
        return {str(key): _value(inner[1], value, f"{where}.{key}") for key, value in raw.items()}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return build(kind, raw, where)
    if not isinstance(raw, kind) or (kind is int and isinstance(raw, bool)):
        raise BadContent(f"{where} must be {kind.__name__}, not {raw!r}.")
    return raw.strip() if isinstance(raw, str) else raw


def _read(path: Path) -> dict[str, Any]:
    try:
        raw = yaml.load(path.read_bytes(), Loader=_Loader)  # a safe loader: plain values only
    except yaml.YAMLError as error:
        raise BadContent(f"{path.name} is no YAML: {error}") from error
    if not isinstance(raw, dict):
        raise BadContent(f"{path.name} must have named parts.")
    return raw


def read(folder: Path = FOLDER) -> Place:
    """The whole demonstration place, checked; raises `BadContent`."""
    rounds = []
    for name in ROUNDS:
        parts: dict[str, Any] = {"ideas": []}
        for path in sorted(folder.glob(f"{name}*.yaml")):
            raw = _read(path)
            parts["ideas"] += raw.pop("ideas", [])
            parts.update(raw)
        parts["head"] = parts.pop("round", None)
        rounds.append(build(Round, parts, name))
    head: dict[str, Any] = {}
    for name in ("place", "people", "legal_help", "networks", "vision"):
        head |= _read(folder / f"{name}.yaml")
    place = dataclasses.replace(build(Place, head, "place"), rounds=tuple(rounds))
    check(place)
    return place


def walk(replies: Iterable[Reply]) -> Iterator[Reply]:
    """The replies and the replies to them."""
    for reply in replies:
        yield reply
        yield from walk(reply.replies)


def check(place: Place) -> None:
    """Refuse names that lead nowhere: people, themes, indicators, languages, ideas, options; raises `BadContent`."""
    members = {m.key for m in place.members}
    languages = set(place.panel.languages)
    if len(members) != len(place.members) or len({m.name for m in place.members}) != len(place.members):
        raise BadContent("Two members have the same key or name.")
    for member in place.members:
        _known(member.language, languages, f"the language of {member.key}")
    for number, found in enumerate(place.rounds):
        _check_round(found, place, ROUNDS[number])
        _check_evidence(found, place, ROUNDS[number])
    gatherings = {f"{r.head.key}/{g.key}" for r in place.rounds for g in r.gatherings}
    for point in place.vision:
        _known(point.gathering, gatherings, f"the vision: {point.key}")
    for sentence in place.sentences:
        _known(sentence.by, members, "the vision: a sentence")
        for who in sentence.ours:
            _known(who, members - {sentence.by}, "the vision: a sentence")


def _known(key: str, known: Iterable[str], where: str) -> None:
    if key not in known:
        raise BadContent(f"{where}: {key!r} does not exist.")


def _check_round(found: Round, place: Place, name: str) -> None:
    framework = library().latest()
    members, languages = {m.key for m in place.members}, set(place.panel.languages)
    # Professionals argue; they neither tell nor propose.
    tellers = {m.key for m in place.members if m.role != "professional"}
    moderators = {m.key for m in place.moderators}
    ideas = {i.key for i in found.ideas}
    gatherings = {g.key for g in found.gatherings}
    if len(ideas) != len(found.ideas):
        raise BadContent(f"{name}: two ideas have the same key.")
    _known(found.head.moderator, moderators, f"{name}: the moderator")
    if tuple(found.head.steps) != PHASES:
        raise BadContent(f"{name}: the phases must be {', '.join(PHASES)}.")
    for telling in found.tellings:
        _known(telling.by, tellers, f"{name}: a telling")
    for idea in found.ideas:
        where = f"{name}: idea {idea.key}"
        _known(idea.by, tellers, where)
        if not 1 <= len(idea.themes) <= 3:
            raise BadContent(f"{where} needs one to three themes.")
        for code in idea.themes:
            _known(code, framework.by_code, where)
        for code in idea.indicators:
            _known(code, framework.indicator_by_code, where)
            _known(framework.indicator_by_code[code].domain, idea.themes, f"{where}: the theme of {code}")
        if idea.gathering:
            _known(idea.gathering, gatherings, where)
        if idea.merge_into:
            _known(idea.merge_into, ideas, where)
        if idea.release and idea.release not in idea.body:
            raise BadContent(f"{where}: the released sentence is not in the words.")
        _check_replies(idea, members, languages, where)
    _check_votes(found, members, ideas, name)
    _check_advice(found, languages, ideas, name)


def _check_replies(idea: Idea, members: set[str], languages: set[str], where: str) -> None:
    for reply in idea.replies:
        if any(r.replies for r in reply.replies):
            raise BadContent(f"{where}: replies go one level deep.")
    for reply in walk(idea.replies):
        _known(reply.by, members, where)
        _known(reply.kind, KINDS, where)
        if reply.language:
            _known(reply.language, languages, where)


def _check_votes(found: Round, members: set[str], ideas: set[str], name: str) -> None:
    for ballot in found.ballots:
        _known(ballot.method, set(Method), f"{name}: the method of {ballot.key}")
        options = {o.key for o in ballot.options}
        for option in ballot.options:
            _known(option.idea, ideas, f"{name}: option {option.key}")
        for who in (*ballot.votes, *(r.by for r in ballot.reasons), *([ballot.checker] if ballot.checker else ())):
            _known(who, members, f"{name}: a vote")
        known = set(ANSWERS.get(Method(ballot.method), options))
        for voter, choices in ballot.votes.items():
            chosen = [choice.partition(":")[0] for choice in choices]
            for choice in chosen:
                _known(choice, known, f"{name}: the vote of {voter}")
            if len(set(chosen)) != len(chosen) or len(chosen) > ballot.max_choices:
                raise BadContent(f"{name}: {voter} chose too many or one twice.")
    voters: list[list[str]] = []
    if found.adoption:
        voters.append([*found.adoption.adopt, *(s.by for s in found.adoption.send_back)])
    if found.rating:
        voters.append([*found.rating.useful, *found.rating.partly, *found.rating.no])
    for names in voters:
        for voter in names:
            _known(voter, members, f"{name}: a vote")
        if len(set(names)) != len(names):
            raise BadContent(f"{name}: somebody votes twice.")


def _check_advice(found: Round, languages: set[str], ideas: set[str], name: str) -> None:
    if found.advice is None:
        return
    options = {o.key for o in found.ballot.options} if found.ballot else set()
    recommendations = {r.key for r in found.advice.recommendations}
    for r in found.advice.recommendations:
        _known(r.chain.indicator, library().latest().indicator_by_code, f"{name}: recommendation {r.key}")
        for key in r.outcomes:
            _known(key, options, f"{name}: recommendation {r.key}")
    for quote in found.advice.quotes:
        _known(quote.idea, ideas, f"{name}: a quote")
    for part in found.answer.parts if found.answer else ():
        _known(part.recommendation, recommendations, f"{name}: the answer")
        _known(part.decision, DECISIONS, f"{name}: the answer")
    for texts in (found.advice.summaries, found.answer.summaries if found.answer else found.advice.summaries):
        if set(texts) != languages:
            raise BadContent(f"{name}: a summary is missing in {', '.join(sorted(languages - set(texts)))}.")


def _check_evidence(found: Round, place: Place, name: str) -> None:
    if found.advice is None:
        return
    options = {o.key for b in found.ballots for o in b.options}
    quotes, cited = {q.idea for q in found.advice.quotes}, {c.key for c in found.advice.cited}
    reports, points = {r.key for r in found.reports}, {p.key for p in place.vision}
    groups, moments = {"", *(n.name for n in place.networks)}, {"", *(m.title for m in place.calendar)}
    supported: tuple[Heard | Recommendation, ...] = (*found.advice.heard, *found.advice.recommendations)
    for one in supported:
        where = f"{name}: what is behind {one.text if isinstance(one, Heard) else one.key}"
        for keys, known in ((one.outcomes, options), (one.quotes, quotes), (one.reports, reports), (one.cited, cited)):
            for key in keys:
                _known(key, known, where)
    for r in found.advice.recommendations:
        for key in r.vision:
            _known(key, points, f"{name}: recommendation {r.key}")
        _known(r.small_group, groups, f"{name}: recommendation {r.key}")
        _known(r.moment, moments, f"{name}: recommendation {r.key}")
    promised = sum(len(p.promises) for p in found.answer.parts) if found.answer else 0
    for who, marks in found.after.fit.votes.items() if found.after else ():
        _known(who, {m.key for m in place.members if m.role == "newcomer"}, f"{name}: what fits")
        if len(marks) != promised or set(marks) - {0, 1, 2}:
            raise BadContent(f"{name}: {who} gives one mark for each measure, from 0 to 2.")


_MOMENT = re.compile(r"\{(year|month):(-?\d+)\}")


def dated(text: str, today: date, language: str = "en") -> str:
    """The text with `{year:N}` and `{month:N}` filled in, N days after `today`."""
    from babel.dates import format_date

    def fill(match: re.Match[str]) -> str:
        day = today + timedelta(days=int(match[2]))
        return str(day.year) if match[1] == "year" else format_date(day, "MMMM yyyy", locale=language)

    return _MOMENT.sub(fill, text)
