"""Files of the portfolio as handed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.verdict import refused
from bekwaam.services import ports
from bekwaam.services.assessment.reads import frozen_file
from bekwaam.services.errors import Refused
from bekwaam.web.shared.case import Case, on_procedure
from bekwaam.web.shared.sending import locked_up, send
from bekwaam.wording import N_


@locked_up
@on_procedure(Action.SEE_SNAPSHOT)
def piece_file(request: HttpRequest, case: Case, piece: str) -> HttpResponse:
    """Send a file of the snapshot; refuse when what is stored is not what was handed in."""
    file = frozen_file(case.procedure, piece)
    if not file.sound:
        message = N_("This file is no longer the one that was handed in. Tell the coordinator.")
        raise Refused(refused("file_changed", message))
    return send(request, ports.files().open(file.key), file.name, file.media_type)
