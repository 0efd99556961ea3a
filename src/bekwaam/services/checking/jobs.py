"""The jobs of checking: working off a batch of files that somebody handed in, and forgetting it."""

from __future__ import annotations

from typing import BinaryIO

from django_tasks import task

from bekwaam.services.checking import batches
from bekwaam.services.jobs import after_commit


@task()
def work_off(batch: int) -> None:
    """Check the files of a batch."""
    batches.work_off(batch)


@task(priority=-5)
def forget_batches() -> None:
    """Forget the batches of more than a day ago, also where nobody hands in another one."""
    batches.forget_old()


def hand_in_soon(file: BinaryIO, language: str) -> str:
    """Keep a ZIP and have it checked in the background; return the secret of the address of its answers.

    Raises Invalid, with a sentence, for a file that is no ZIP or holds too much.
    """
    secret, row = batches.hand_in(file, language)
    after_commit(work_off, row.pk)
    return secret
