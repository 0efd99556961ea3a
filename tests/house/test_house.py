"""The house itself: layers, sizes, words."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src" / "bekwaam").rglob("*.py"))
CODE = [path for path in SOURCES if "migrations" not in path.parts]


IMPORT_ALL = """
import importlib, os, pkgutil
os.environ["DJANGO_SETTINGS_MODULE"] = "bekwaam.config.settings_test"
import django
django.setup()
import bekwaam
for found in pkgutil.walk_packages(bekwaam.__path__, "bekwaam."):
    try:
        importlib.import_module(found.name)
    except ImportError as error:
        print(found.name, error)
"""


def test_every_module_finds_what_it_imports() -> None:
    """What moved was followed everywhere, also where the type checker does not look."""
    tried = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (tried.returncode, tried.stdout) == (0, ""), tried.stdout + tried.stderr


def test_imports_only_go_down_the_floors() -> None:
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize(
    "module",
    [
        "bekwaam.frameworks.library",
        "bekwaam.domain.assessment.explain",
        "bekwaam.trust.chain",
        "bekwaam.trust.credentials",
        "bekwaam.trust.keystore",
        "bekwaam.trust.vcjwt",
        "bekwaam.cli.main",
        "bekwaam.cli.verify.command",
        "bekwaam.cli.bundle",
        "bekwaam.adapters.papers.child",
    ],
)
def test_the_lower_floors_load_without_django(module: str) -> None:
    probe = f"import {module}, sys; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


def test_files_and_functions_stay_a_comfortable_size() -> None:
    wrong = []
    for path in CODE:
        text, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT)
        lines = text.count("\n")
        if lines > 400:
            wrong.append(f"{name}: {lines} lines")
        wrong += [
            f"{name}: {node.name}, {node.end_lineno - node.lineno + 1} lines"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 60
        ]
    assert len(CODE) > 500 and not wrong


def test_no_sentence_is_taken_over_from_the_source_documents() -> None:
    checker = ROOT.parent / "shared" / "checks" / "own_words.py"
    if not checker.exists():
        pytest.skip("the source documents are not beside this checkout")
    found = subprocess.run([sys.executable, checker, ROOT], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout
