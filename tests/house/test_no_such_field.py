"""R13: no table and no form has a place for what must never be known here."""

from __future__ import annotations

import re

import pytest

from codesign import migrate
from codesign.db import BASES, Store
from codesign.panel_app import create_panel_app
from codesign.record_app import create_record_app
from codesign.web.forms import Form

REFUSED = {
    "bsn", "citizen", "ssn", "passport", "nationality", "birth", "birthday", "gender", "case", "dossier", "file", "fine",
    "sanction", "penalty", "client", "benefit", "income", "debt", "diagnosis", "pip",
}  # fmt: skip
# A member has none of these either (R14); staff and officials have a login, an official has mail.
NOT_OF_MEMBERS = {"phone", "surname", "family", "address", "mail", "email"}


def words(name: str) -> set[str]:
    return set(re.split(r"[_\W]+", name.lower()))


@pytest.mark.parametrize("store", list(Store))
def test_R13_no_column_for_citizen_number_case_plan_fine_or_client(store):
    migrate.load_models(store)
    names = {f"{t.name}.{c.name}" for t in BASES[store].metadata.sorted_tables for c in t.columns}
    assert len(names) > 30
    assert {n for n in names if words(n) & REFUSED} == set()


def test_R13_no_form_field_asks_for_it_either():
    create_panel_app()
    create_record_app()
    forms, todo = set(), [Form]
    while todo:
        kind = todo.pop()
        forms.add(kind)
        todo += kind.__subclasses__()
    names = {
        f"{kind.__name__}.{name}" for kind in forms for name in dir(kind) if hasattr(getattr(kind, name), "field_class")
    }
    assert len(names) > 40
    assert {n for n in names if words(n.split(".")[1]) & REFUSED} == set()


def test_R14_the_person_table_holds_no_name_phone_or_mail():
    migrate.load_models(Store.VOICES)
    table = BASES[Store.VOICES].metadata.tables["person"]
    assert {c.name for c in table.columns if words(c.name) & NOT_OF_MEMBERS} == set()
