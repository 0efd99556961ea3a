"""The queue in the database, as the real program has it: work waits, a worker does it, what is done goes."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from bekwaam.cli.worker import worker as command
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.services import clock, jobs
from bekwaam.services.jobs import DONE_KEPT, FAILED_KEPT, GONE_AFTER, LOST_AFTER, after_commit, prune, workers
from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.services.portfolio.given import EvidenceInput
from bekwaam.services.portfolio.jobs import look_at
from bekwaam.services.portfolio.privacy import piece_seen
from bekwaam.services.working import tidy, work
from bekwaam.store.models import WorkerSign
from tests.cast import Point, make_cast
from tests.documents import docx

NOW = clock.now()


@pytest.fixture(autouse=True)
def in_database(settings: Any) -> Iterator[None]:
    """Queue in the database, and put back what a worker does to signals."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_what_waits_and_then_nothing_waits() -> None:
    procedure = make_cast().bring_to(Point.CONSENTED)
    given = EvidenceInput(EvidenceKind.FILE, "Verslag")
    file = SimpleUploadedFile("verslag.docx", docx("Dag mevrouw Jansen"))
    piece = add_evidence(procedure.candidate, procedure, given, file)  # type: ignore[arg-type]
    assert (workers().waiting, workers().here) == (1, ())
    assert piece_seen(procedure, piece.ref).waits
    assert "Jansen" not in str(DBTaskResult.objects.values_list("args_kwargs", "task_path"))
    work(once=True)
    seen = piece_seen(procedure, piece.ref)
    assert not seen.waits and seen.file is not None
    assert [mark.text for mark in seen.file.marks] == ["mevrouw Jansen"]
    assert (workers().waiting, workers().failed, workers().here) == (0, 0, ())


@pytest.mark.django_db(transaction=True)
def test_nothing_is_queued_for_what_was_undone_and_a_queue_that_fails_undoes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        after_commit(look_at, "weg")
        raise ZeroDivisionError
    assert workers().waiting == 0

    def fails(*args: Any) -> None:
        raise RuntimeError("no queue today")

    monkeypatch.setattr(jobs.Task, "enqueue", fails)
    with transaction.atomic():
        after_commit(look_at, "weg")
    assert workers().waiting == 0


def row(status: str, since: timedelta) -> DBTaskResult:
    made = DBTaskResult.objects.create(
        status=status,
        task_path="bekwaam.services.portfolio.jobs.look_at",
        args_kwargs={"args": ["weg"], "kwargs": {}},
        backend_name="default",
        run_after=NOW,
        exception_class_path="",
        traceback="",
    )
    DBTaskResult.objects.filter(pk=made.pk).update(started_at=NOW - since, finished_at=NOW - since)
    return made


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "since", "goes"),
    [
        ("SUCCESSFUL", DONE_KEPT, True),
        ("SUCCESSFUL", timedelta(hours=1), False),
        ("FAILED", FAILED_KEPT, True),
        ("FAILED", DONE_KEPT, False),
        ("RUNNING", LOST_AFTER, True),
        ("RUNNING", timedelta(minutes=10), False),
        ("READY", timedelta(days=100), False),
    ],
)
def test_old_jobs_are_pruned(status: str, since: timedelta, goes: bool) -> None:
    row(status, since + timedelta(seconds=1))
    with clock.at(NOW):
        assert prune() == goes
    assert DBTaskResult.objects.count() == (not goes)


@pytest.mark.django_db
def test_a_worker_that_gave_no_sign_for_a_while_is_not_there() -> None:
    WorkerSign.objects.create(name="a", started_at=NOW, seen_at=NOW)
    with clock.at(NOW + GONE_AFTER - timedelta(seconds=1)):
        assert workers().here == (NOW,)
    with clock.at(NOW + GONE_AFTER + timedelta(seconds=1)):
        assert workers().here == ()


@pytest.mark.django_db
def test_tidying_queues_what_was_left_undone() -> None:
    tidy()
    assert sorted(DBTaskResult.objects.values_list("task_path", flat=True)) == [
        "bekwaam.services.agenda.jobs.remind_all",
        "bekwaam.services.checking.jobs.forget_batches",
        "bekwaam.services.portfolio.jobs.catch_up",
        "bekwaam.services.publiclog.jobs.log_head_of_today",
        "bekwaam.services.teams.jobs.forget_export_secrets",
        "bekwaam.services.teams.jobs.forget_exports",
        "bekwaam.services.teams.jobs.report_on_sector",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("waits", "here", "code", "sentence"),
    [
        (False, False, 0, "No worker is there"),
        (False, True, 0, "1 worker is there"),
        (True, True, 0, "1 job waits"),
        (True, False, 1, "1 job waits"),
    ],
)
def test_the_command_says_whether_work_is_done(waits: bool, here: bool, code: int, sentence: str) -> None:
    if waits:
        row("READY", timedelta())
    if here:
        WorkerSign.objects.create(name="a", started_at=clock.now(), seen_at=clock.now())
    done = CliRunner().invoke(command, ["--status", "--lang", "en"])
    assert (done.exit_code, sentence in done.output) == (code, True)
