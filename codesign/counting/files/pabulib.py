"""Reading Pabulib files (.pb): participatory budgets with META, PROJECTS and VOTES.

Source: Pabulib, The .pb File Format, pabulib.org/format (Faliszewski and others, Participatory Budgeting: Data, Tools
and Analysis, 2023). Two liberties of files in use are taken as they are: the line "key;value" under META may be
missing, and amounts may have a comma for the point.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from codesign.counting.files.domain import BrokenFile, Projects
from codesign.counting.files.text import MOST_OPTIONS, MOST_VOTERS, amount, shown, unit_of, whole

SECTIONS = ("META", "PROJECTS", "VOTES")
VOTE_TYPES = ("approval", "choose-1", "ordinal", "cumulative", "scoring")
_WITH_POINTS = ("cumulative", "scoring")

Row = tuple[int, list[str]]


@dataclass
class _Table:
    """One section: the line it starts on, its columns, and its rows with their line numbers."""

    line: int
    columns: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def column(self, name: str) -> int | None:
        return self.columns.index(name) if name in self.columns else None

    def needed(self, name: str, section: str) -> int:
        place = self.column(name)
        if place is None:
            raise BrokenFile(min(self.line + 1, self.line + len(self.columns)), f"{section} has no column “{name}”.")
        return place


class _Meta:
    """What META says, with the lines it says it on."""

    def __init__(self, table: _Table) -> None:
        self.line = table.line
        self.values: dict[str, tuple[str, int]] = {}
        for line, row in table.rows:
            key = row[0].strip().lower()
            if len(row) < 2:
                raise BrokenFile(line, f"META has lines “key;value”, not {shown(row[0])}.")
            if key in self.values:
                raise BrokenFile(line, f"The key “{key}” stands twice in META.")
            self.values[key] = (row[1].strip(), line)

    def get(self, key: str) -> str:
        return self.values.get(key, ("", 0))[0]

    def needed(self, key: str) -> tuple[str, int]:
        if not self.get(key):
            raise BrokenFile(self.line, f"META has no “{key}”.")
        return self.values[key]


def read_projects(lines: Sequence[str]) -> Projects:
    """One participatory budget; raises BrokenFile with line and reason."""
    tables = _sections(lines)
    meta = _Meta(tables["META"])
    vote_type, line = meta.needed("vote_type")
    if vote_type not in VOTE_TYPES:
        raise BrokenFile(line, f"The vote_type {shown(vote_type)} is none of {', '.join(VOTE_TYPES)}.")
    budget = amount(*meta.needed("budget"), "The budget")
    options, costs, selected = _projects(tables["PROJECTS"], meta)
    unit = unit_of([budget, *costs.values()])
    votes, points = _votes(tables["VOTES"], meta, options, vote_type)
    point_unit = unit_of([p for given in points or () for p in given])
    most = meta.values.get("max_length")
    return Projects(
        title=meta.get("description"),
        options=options,
        costs={key: int(cost * unit) for key, cost in costs.items()},
        total=int(budget * unit),
        unit=unit,
        vote_type="approval" if vote_type == "choose-1" else vote_type,
        votes=tuple(votes),
        points=None if points is None else tuple(tuple(int(p * point_unit) for p in given) for given in points),
        point_unit=point_unit,
        most=whole(*most, "max_length") if most and most[0] else None,
        rule=meta.get("rule"),
        selected=selected,
    )


def _rows(lines: Sequence[str]) -> Iterator[Row]:
    """Rows of semicolon CSV with the line each starts on; a field in quotes may run over lines."""
    reader = csv.reader((line + "\n" for line in lines), delimiter=";", strict=True)
    while True:
        start = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = "Quotation marks open here and do not close" if "unexpected end" in str(error) else str(error)
            raise BrokenFile(start, f"This is not CSV with semicolons: {reason}.") from error
        if any(cell.strip() for cell in row):
            yield start, row


def _sections(lines: Sequence[str]) -> dict[str, _Table]:
    tables: dict[str, _Table] = {}
    rows, table = _rows(lines), None
    for line, row in rows:
        name = row[0].strip().upper()
        if name in SECTIONS and not any(cell.strip() for cell in row[1:]):
            if name in tables:
                raise BrokenFile(line, f"The section {name} stands twice.")
            if name != SECTIONS[len(tables)]:
                raise BrokenFile(line, f"The section {SECTIONS[len(tables)]} must come before {name}.")
            table = tables[name] = _Table(line)
        elif table is None:
            raise BrokenFile(line, f"The file must start with a line “META”, not {shown(row[0])}.")
        elif not table.columns:
            table.columns = [cell.strip().lower() for cell in row]
            if table is tables.get("META") and table.columns[0] != "key":
                table.columns = ["key", "value"]
                table.rows.append((line, row))
        else:
            table.rows.append((line, row))
    for name in SECTIONS:
        if name not in tables:
            raise BrokenFile(len(lines), f"The section {name} is missing.")
    return tables


def _projects(table: _Table, meta: _Meta) -> tuple[dict[str, str], dict[str, Decimal], dict[str, int] | None]:
    wanted, line_of_wanted = meta.needed("num_projects")
    announced = whole(wanted, line_of_wanted, "num_projects")
    key_at, cost_at = table.needed("project_id", "PROJECTS"), table.needed("cost", "PROJECTS")
    name_at, selected_at = table.column("name"), table.column("selected")
    options: dict[str, str] = {}
    costs: dict[str, Decimal] = {}
    selected: dict[str, int] | None = None if selected_at is None else {}
    for line, row in table.rows:
        key = _cell(row, key_at)
        if not key:
            raise BrokenFile(line, "A project has no project_id.")
        if key in options:
            raise BrokenFile(line, f"The project {shown(key)} stands twice.")
        if not _cell(row, cost_at):
            raise BrokenFile(line, f"The project {shown(key)} has no cost.")
        costs[key] = amount(row[cost_at], line, f"The cost of project {shown(key)}")
        options[key] = _cell(row, name_at)
        if selected is not None:
            selected[key] = whole(_cell(row, selected_at), line, f"“selected” of project {shown(key)}")
    if len(options) != announced:
        raise BrokenFile(line_of_wanted, f"{announced} projects are announced, and {len(options)} are in the file.")
    if not 0 < announced <= MOST_OPTIONS:
        raise BrokenFile(line_of_wanted, f"There must be 1 to {MOST_OPTIONS} projects, not {announced}.")
    return options, costs, selected


def _votes(
    table: _Table, meta: _Meta, options: Mapping[str, str], vote_type: str
) -> tuple[list[tuple[str, ...]], list[tuple[Decimal, ...]] | None]:
    wanted, line_of_wanted = meta.needed("num_votes")
    announced = whole(wanted, line_of_wanted, "num_votes", MOST_VOTERS)
    voter_at, vote_at = table.needed("voter_id", "VOTES"), table.needed("vote", "VOTES")
    points_at = table.needed("points", "VOTES") if vote_type in _WITH_POINTS else None
    votes: list[tuple[str, ...]] = []
    points: list[tuple[Decimal, ...]] = []
    voters: set[str] = set()
    for line, row in table.rows:
        voter = _cell(row, voter_at)
        if voter in voters:
            raise BrokenFile(line, f"The voter {shown(voter)} stands twice.")
        voters.add(voter)
        if len(voters) > announced:
            raise BrokenFile(line, f"More votes than announced: META says {announced}.")
        keys = _keys(_cell(row, vote_at), line, options)
        votes.append(keys)
        if points_at is not None:
            points.append(_points(_cell(row, points_at), line, keys))
        elif vote_type == "choose-1" and len(keys) > 1:
            raise BrokenFile(line, f"The voter {shown(voter)} may choose 1 project and chose {len(keys)}.")
    if len(votes) < announced:
        raise BrokenFile(line_of_wanted, f"{announced} votes are announced, and {len(votes)} are in the file.")
    return votes, None if points_at is None else points


def _keys(text: str, line: int, options: Mapping[str, str]) -> tuple[str, ...]:
    if not text or text.lower() == "none":
        return ()
    keys = tuple(text.split(","))
    if not all(key in options for key in keys):
        keys = tuple(key.strip() for key in keys)
        unknown = next((key for key in keys if key not in options), None)
        if unknown is not None:
            raise BrokenFile(line, f"A vote for {shown(unknown)}, which is no project of this file.")
    if len(set(keys)) < len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise BrokenFile(line, f"One vote names the project {shown(twice)} twice.")
    return keys


def _points(text: str, line: int, keys: Sequence[str]) -> tuple[Decimal, ...]:
    given = text.split(",") if text and text.lower() != "none" else []
    if len(given) != len(keys):
        raise BrokenFile(line, f"{len(keys)} projects and {len(given)} numbers of points stand in one vote.")
    return tuple(amount(point, line, "The points", negative=True) for point in given)


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""
