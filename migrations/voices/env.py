"""How Alembic reaches the voices store."""

from codesign.db import Store
from codesign.migrate import run_env

run_env(Store.VOICES)
