"""How Alembic reaches the record store."""

from codesign.migrate import run_env
from codesign.db import Store

run_env(Store.RECORD)
