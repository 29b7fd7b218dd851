"""How Alembic reaches the voices store."""

from codesign.migrate import run_env
from codesign.db import Store

run_env(Store.VOICES)
