"""A deliberation as its page shows it: where it stands, in words, and the forms that are of use now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from bekwaam.domain.deliberation.answers import Options, Told
from bekwaam.domain.deliberation.asking import ASKED, Step, comes_before
from bekwaam.domain.deliberation.inviting import SEAT_NAMES, SeatState, is_over
from bekwaam.domain.deliberation.steps import MoveKind, Phase
from bekwaam.services import clock
from bekwaam.services.reflection.reads import Said, Table
from bekwaam.web.reflection.concluding import ROWS, ConcludeForm, initial_of, rows_of
from bekwaam.web.reflection.forms import GoBackForm, TextForm
from bekwaam.web.reflection.seated import Chair

MANY: Final = ("codes", "chosen")
LOOK_BACK_DAYS: Final = 42
# Several forms with a text stand on one page.
WRITE_ID: Final = "write_%s"
ADD_ID: Final = "add_%s"
STOP_ID: Final = "stop_%s"
BACK_ID: Final = "back_%s"


@dataclass(frozen=True, slots=True)
class StepMark:
    """A step on the way, and whether it was taken."""

    label: str
    state: str


@dataclass(frozen=True)
class Forms:
    """The forms of the page; ``open`` names a folded one in which something was sent."""

    write: TextForm
    add: TextForm
    conclude: ConcludeForm
    stop: TextForm
    go_back: GoBackForm | None
    open: str = ""

    def with_sent(self, move: MoveKind, form: Any) -> Forms:
        """Return the forms with the one that was sent in its place."""
        return replace(self, **({move.value: form} if form is not None else {}), open=move.value)


def draft_key(chair: Chair, found: Table) -> str:
    """Return under which name is kept what somebody types at this step."""
    return f"deliberation:{chair.ref}:{found.state.step}:{found.state.round}:{found.state.phase}"


def options_of(found: Table) -> Options | None:
    """Return the ways that were found, where they were concluded already."""
    options = found.state.concluded(Step.OPTIONS)
    return options if isinstance(options, Options) else None


def forms_for(chair: Chair, found: Table, typed: QueryDict | None = None) -> Forms:
    """Return the forms of the page, filled with what there is already, or was ``typed`` before."""
    state = found.state
    apart = typed.get("text", "") if typed is not None and state.phase is Phase.APART else ""
    before = state.concluded(state.step)
    initial = initial_of(before)
    if before is None and len(state.participants) == 1:
        initial = initial_of(Told(found.own)) if state.step in (Step.FACTS, Step.LOOKING_BACK) else {}
    initial.setdefault("day", clock.today() + timedelta(days=LOOK_BACK_DAYS))
    rows = max(ROWS, rows_of(before))
    if typed is not None and state.phase is Phase.SHARED:
        initial |= {name: typed.getlist(name) if name in MANY else typed.get(name) for name in typed}
        rows = max(rows, sum(name.startswith(("who_", "how_")) for name in typed))
    back = state.step is not Step.FACTS and state.step is not Step.LOOKING_BACK
    return Forms(
        write=TextForm(_("What you write"), auto_id=WRITE_ID, initial={"text": apart or found.own}),
        add=TextForm(_("What do you want to add?"), auto_id=ADD_ID, rows=3),
        conclude=ConcludeForm(state.step, options_of(found), initial=initial, rows=rows),
        stop=TextForm(_("Why does it stop here?"), auto_id=STOP_ID, rows=3),
        go_back=GoBackForm(state.step, auto_id=BACK_ID) if back else None,
    )


def hidden_now(chair: Chair, found: Table, move: MoveKind, form: Any) -> list[str]:
    """Return what was typed in a form that the page, as it is now, does not show: nothing of it is lost."""
    phase, host = found.state.phase, chair.seat.is_host
    shown = {
        MoveKind.WRITE: phase is Phase.APART and chair.takes_part and not found.finished,
        MoveKind.ADD: phase is Phase.SHARED and chair.takes_part,
        MoveKind.CONCLUDE: phase is Phase.SHARED and host,
        MoveKind.GO_BACK: phase is Phase.SHARED and host,
        MoveKind.STOP: not is_over(phase) and host,
    }
    here = f"{found.state.step}:{found.state.round}"
    if shown.get(move, False) and form.data.get("at", here) == here:
        return []
    return [str(value) for name in form.fields if (value := form.data.get(name)) and name != "looked"]


def page_of(chair: Chair, found: Table) -> dict[str, Any]:
    """Return what the page shows beside its forms."""
    state = found.state
    asked = ASKED[state.step]
    return {
        "chair": chair,
        "deliberation": chair.seat.deliberation,
        "host": next(one.name for one in found.people if one.state is SeatState.HOST),
        "table": found,
        "phase": state.phase.value,
        "at": f"{state.step}:{state.round}",
        "urls": {kind.value: chair.url("move", kind.value) for kind in MoveKind},
        "steps": _steps(found),
        "step_name": _(asked.name),
        "questions": [_(one) for one in asked.questions],
        "people": [(one, _(SEAT_NAMES[one.state])) for one in found.people],
        "alone": len(state.participants) == 1,
        "all_finished": state.phase is Phase.APART and not found.waits_for,
        "waits_for": found.waits_for,
        "absent": [one for one in found.people if one.state is SeatState.TAKES_PART and not one.finished],
        "concluded": [(_(ASKED[one.step].name), one.lines) for one in found.concluded],
        "earlier": _by_step(found.before),
        "over": is_over(state.phase),
        "draft_key": draft_key(chair, found),
        "offer": found.offer,
        "offer_texts": [(_(ASKED[step].name), text) for step, text in found.offer.texts]
        if found.offer
        else [],
        "why": state.why,
    }


def _steps(found: Table) -> list[StepMark]:
    state = found.state
    done = state.phase is Phase.CLOSED
    waiting = state.phase is Phase.WAITING

    def mark(step: Step) -> str:
        if done or comes_before(step, state.step) or (waiting and step is state.step):
            return "done"
        here = Step.LOOKING_BACK if waiting else state.step
        return "current" if step is here and state.phase is not Phase.GATHERING else "todo"

    return [StepMark(_(ASKED[step].name), mark(step)) for step in Step]


def _by_step(said: tuple[Said, ...]) -> list[tuple[str, list[Said]]]:
    groups: dict[tuple[Step, int], list[Said]] = {}
    for one in said:
        groups.setdefault((one.step, one.round), []).append(one)
    return [(_(ASKED[step].name), found) for (step, _round), found in groups.items()]
