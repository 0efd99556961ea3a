"""Teams: who is in one, what each member shares with it, and the reports above it."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.store.models.accounts import Person, Provider
from bekwaam.store.models.frameworks import FrameworkVersion
from bekwaam.store.models.shared import moment, ref_field


class Team(models.Model):
    """A team of an organisation, with the one person who leads it."""

    ref = ref_field()
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=100)
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leads")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["provider", "name"], name="one_team_of_a_name")]

    def __str__(self) -> str:
        return self.name

    def committed(self) -> dict[str, Any]:
        """Return whose team it is and who leads it."""
        return {
            "provider": self.provider_id,
            "name": self.name,
            "lead": self.lead_id,
            "made_at": moment(self.made_at),
        }


class TeamMember(models.Model):
    """Somebody who was invited into a team and, once they said yes, is in it until they leave.

    Until then they are known by the ``email`` to which the invitation went; from then on it is empty. So an
    invitation tells nobody whether there is an account.
    """

    ref = ref_field()
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="teams")
    email = models.EmailField(blank=True, db_index=True)
    invited_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

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
    """Numbers over the teams of an organisation at one moment, without people.

    ``document`` also holds who was counted, by key: it never leaves the services, and serves to see to it
    that a next report beside this one tells nothing about a few.
    """

    ref = ref_field()
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="team_reports")
    standard = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    layer = models.CharField(max_length=10)
    per_team = models.BooleanField()
    document = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
