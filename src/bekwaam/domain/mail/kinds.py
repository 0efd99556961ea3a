"""The kinds of mail, what can become of one, and how long it is known that it was sent."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from bekwaam.wording import N_

# Long enough to answer "I never got that mail" in a procedure that took its time.
KEPT_DAYS: Final = 365


class MailKind(StrEnum):
    """What a mail is about."""

    ACCOUNT = "account"
    PROCEDURE = "procedure"
    REFEREE = "referee"
    APPOINTMENT = "appointment"
    REMINDER = "reminder"
    TEAM = "team"
    FAREWELL = "farewell"
    DELIBERATION = "deliberation"


KIND_NAMES: Final[dict[MailKind, str]] = {
    MailKind.ACCOUNT: N_("Account"),
    MailKind.PROCEDURE: N_("Whose turn it is"),
    MailKind.REFEREE: N_("Question to a referee"),
    MailKind.APPOINTMENT: N_("Appointment"),
    MailKind.REMINDER: N_("Reminder"),
    MailKind.TEAM: N_("Invitation into a team"),
    MailKind.FAREWELL: N_("Account erased"),
    MailKind.DELIBERATION: N_("Invitation to a deliberation"),
}


class Outcome(StrEnum):
    """What the mail server said."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    FAILED = "failed"


OUTCOME_NAMES: Final[dict[Outcome, str]] = {
    Outcome.ACCEPTED: N_("Accepted by the mail server"),
    Outcome.REFUSED: N_("Refused: there is no such address"),
    Outcome.FAILED: N_("Not sent: the mail server did not answer"),
}
