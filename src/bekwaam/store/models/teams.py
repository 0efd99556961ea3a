"""Teams: who is in one, what each member shares with it, and the reports above it."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.store.models.accounts import Person, Provider
from bekwaam.store.models.frameworks import FrameworkVersion
from bekwaam.store.models.shared import moment, ref_field


class Team(models.Model):
    """A team of an organisation, with the one person who leads it.

    A ``cohort`` is a team of learners: whoever leads it sees numbers, never people. ``programme`` is what it
    follows, as "framework@version/key" of one that the school has loaded, and ``starts`` the day it began.
    """

    ref = ref_field()
    kind = models.CharField(max_length=10, choices=[("team", "team"), ("cohort", "cohort")], default="team")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=100)
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leads")
    made_at = models.DateTimeField()
    programme = models.CharField(max_length=250, blank=True)
    starts = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["provider", "name"], name="one_team_of_a_name")]

    def __str__(self) -> str:
        return self.name

    def committed(self) -> dict[str, Any]:
        """Return whose team it is and who leads it; for a cohort also that it is one, and what it follows."""
        starts = self.starts.isoformat() if self.starts else None
        cohort = {"kind": self.kind, "programme": self.programme, "starts": starts}
        return {
            **({} if self.kind == "team" else cohort),
            "provider": self.provider_id,
            "name": self.name,
            "lead": self.lead_id,
            "made_at": moment(self.made_at),
        }


class TeamMember(models.Model):
    """Somebody who was invited into a team and, once they said yes, is in it until they leave.

    Until then they are known by the ``email`` to which the invitation went; from then on it is empty. So an
    invitation tells nobody whether there is an account. ``reminded_at`` is when they were reminded of it.
    """

    ref = ref_field()
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="teams")
    email = models.EmailField(blank=True, db_index=True)
    invited_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "person"], condition=models.Q(left_at=None), name="once_in_a_team"
            ),
            models.UniqueConstraint(
                fields=["team", "email"],
                condition=models.Q(left_at=None) & ~models.Q(email=""),
                name="once_invited",
            ),
        ]

    def committed(self) -> dict[str, Any]:
        """Return who is in which team, from when until when; not the address of an invitation."""
        return {
            "team": self.team_id,
            "person": self.person_id,
            "invited_at": moment(self.invited_at),
            "joined_at": moment(self.joined_at),
            "left_at": moment(self.left_at),
        }


class TeamConsent(models.Model):
    """That a member shares one layer with the team, or no longer does. The newest row of a layer counts."""

    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="consents")
    layer = models.CharField(max_length=10)
    given = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def committed(self) -> dict[str, Any]:
        """Return who shares what, or stopped to."""
        return {
            "member": self.member_id,
            "layer": self.layer,
            "given": self.given,
            "at": moment(self.at),
        }


class TeamReport(models.Model):
    """Numbers over the teams of an organisation, or over one ``cohort``, at one moment, without people.

    ``document`` also holds who was counted, by key: it never leaves the services, and serves to see to it
    that a next report beside this one tells nothing about a few.
    """

    ref = ref_field()
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="team_reports")
    standard = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    layer = models.CharField(max_length=10)
    per_team = models.BooleanField()
    cohort = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="reports")
    document = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]

    def committed(self) -> dict[str, Any]:
        """Return what the numbers are about, and all that was counted: next reports are held against it."""
        return {
            "provider": self.provider_id,
            "standard": self.standard_id,
            "layer": self.layer,
            "per_team": self.per_team,
            "cohort": self.cohort_id,
            "document": self.document,
            "made_at": moment(self.made_at),
        }


class TeamGoal(models.Model):
    """What a team wants to be able to do together, and what it does for that. It changes until it is closed.

    ``way`` is a kind of activity as in a development plan; ``codes`` are units of one framework version.
    """

    ref = ref_field()
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="goals")
    standard = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    codes = models.JSONField(default=list)
    words = models.TextField()
    way = models.CharField(max_length=40, blank=True)
    doing = models.TextField(blank=True)
    by = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    looking_back = models.TextField(blank=True)

    class Meta:
        ordering = ["set_at", "pk"]

    def committed(self) -> dict[str, Any]:
        """Return of which team it is, all that it says, and how it ended."""
        return {
            "team": self.team_id,
            "standard": self.standard_id,
            "codes": self.codes,
            "words": self.words,
            "way": self.way,
            "doing": self.doing,
            "by": self.by.isoformat() if self.by else None,
            "set_by": self.set_by_id,
            "set_at": moment(self.set_at),
            "closed_at": moment(self.closed_at),
            "looking_back": self.looking_back,
        }


class BenchmarkChoice(models.Model):
    """That an organisation counts for the sector, or no longer does. The newest row counts."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="benchmark_choices")
    given = models.BooleanField()
    chosen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def committed(self) -> dict[str, Any]:
        """Return which organisation takes part, or stopped to, and who chose so."""
        return {
            "provider": self.provider_id,
            "given": self.given,
            "chosen_by": self.chosen_by_id,
            "at": moment(self.at),
        }


class SectorReport(models.Model):
    """Numbers over the organisations that take part, at one moment; nobody's organisation can be read in it.

    ``document`` also holds which organisations were counted, by key: it never leaves the services, and serves
    to see to it that a next report beside this one tells nothing about a few.
    """

    ref = ref_field()
    standard = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    layer = models.CharField(max_length=10)
    document = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]

    def committed(self) -> dict[str, Any]:
        """Return what the numbers are about, and all that was counted: next reports are held against it."""
        return {
            "standard": self.standard_id,
            "layer": self.layer,
            "document": self.document,
            "made_at": moment(self.made_at),
        }


class DataExport(models.Model):
    """That an organisation took out what people agreed to have studied. ``secret`` made the pseudonyms.

    The secret is one per organisation and year, so that the same person can be followed within a year and
    not beyond; without it nobody can be found back.
    """

    ref = ref_field()
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="data_exports")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    secret = models.CharField(max_length=64)
    form = models.CharField(max_length=10)
    people = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def committed(self) -> dict[str, Any]:
        """Return who took out how much, when; neither the secret nor what was in it."""
        return {
            "provider": self.provider_id,
            "made_by": self.made_by_id,
            "form": self.form,
            "people": self.people,
            "rows": self.rows,
            "made_at": moment(self.made_at),
        }
