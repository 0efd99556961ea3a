"""Settings of the test suite: the real ones, with what makes tests slow or noisy replaced."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# One folder per run of the suite: runs side by side must not meet, workers of one run may.
_RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"pid{os.getpid()}"
_VAR = Path(tempfile.gettempdir()) / f"bekwaam-tests-{os.getuid()}" / _RUN
_VAR.mkdir(parents=True, exist_ok=True)
if "PYTEST_XDIST_WORKER" not in os.environ:
    atexit.register(shutil.rmtree, _VAR, ignore_errors=True)
os.environ["BEKWAAM_DATA"] = str(_VAR)
os.environ.setdefault("BEKWAAM_SECRET_KEY", "only-for-tests")
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{_VAR / 'main.sqlite3'}"

from bekwaam.config.settings import *  # noqa: E402, F403
from bekwaam.config.settings import BEKWAAM_PORTS, DATABASES  # noqa: E402

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file and not memory: write-ahead logging and locks are then those of a real installation.
    # Its tables are made from the models: going through all migrations takes each process many seconds. On
    # PostgreSQL the tests go through them, and so does the demo (tests/cli), whose tables must be these.
    DATABASES["default"]["TEST"] = {"NAME": str(_VAR / "test.sqlite3"), "MIGRATE": False}
    # The tests prove the rules, not the disk.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
else:
    # A name of one's own, so that two runs do not meet; no test may wait for ever, or for a disk.
    DATABASES["default"]["TEST"] = {"NAME": f"test_bekwaam_{_RUN[:12]}"}
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
        "-c lock_timeout=60s -c statement_timeout=120s -c idle_in_transaction_session_timeout=180s"
        " -c synchronous_commit=off"
    )

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = False
VISITOR_LIMITS: dict[str, tuple[int, int]] = {}
# Guessing at a passphrase is to cost nothing here.
KEY_COSTS = (2, 8, 1)
# Work for later is done at once, where a test lets it be done at all (after a commit).
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# Also where a library for it is installed: it takes half a minute to load.
BEKWAAM_PORTS["person_finder"] = ""
