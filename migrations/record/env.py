"""How Alembic reaches the record store."""

from codesign.db import Store
from codesign.migrate import run_env

run_env(Store.RECORD)
