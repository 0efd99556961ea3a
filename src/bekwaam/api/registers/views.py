"""The addresses for registers: one number, many numbers, one file. Nobody needs an account.

Nothing is written: a file stays in memory while it is looked at. How often one may ask stands in the setting
``VISITOR_LIMITS``.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from ninja import NinjaAPI, Path
from ninja.errors import HttpError, ValidationError

from bekwaam.api.registers.answers import (
    LONGEST_NUMBER,
    Answers,
    CertificateAnswer,
    FileAnswer,
    Question,
    Trouble,
)
from bekwaam.domain.certificates.batch import Asked, Found
from bekwaam.domain.certificates.numbers import read_number
from bekwaam.services.checking.files import check_file
from bekwaam.services.checking.lists import answer_list
from bekwaam.web.shared.limits import seconds_to_wait, seconds_to_wait_for_names

_KINDS: Final = ("application/pdf", "application/vc", "application/json", "application/vc+jwt", "text/plain")
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "The file itself: the PDF, the credential as JSON, or the token. It is not kept.",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in _KINDS},
    }
}
_ALWAYS: Final[dict[int, Any]] = {400: Trouble, 422: Trouble, 429: Trouble}


class NeverKept(NinjaAPI):
    """Answers that nobody in between keeps: what was good a minute ago may be revoked now."""

    def create_response(self, request: HttpRequest, data: Any, **choices: Any) -> HttpResponse:
        """Return an answer as JSON."""
        response = super().create_response(request, data, **choices)
        response["Cache-Control"] = "no-store"
        return response


api = NeverKept(
    title="Bekwaam: checking certificates",
    version="1",
    description=(
        "How certificates of experience that were issued here stand, and what a file that somebody shows is "
        "worth. The answers are those of the check page, as data."
    ),
    docs_url=None,
    urls_namespace="registers",
)


class TooOften(Exception):
    """A visitor asked more than they may; ``seconds`` is how long they have to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(str(seconds))
        self.seconds = seconds


@api.exception_handler(TooOften)
def too_often(request: HttpRequest, error: TooOften) -> Any:
    """Say when to ask again."""
    told = {"detail": f"You asked often in a short time. Ask again in {error.seconds} seconds."}
    response = api.create_response(request, told, status=429)
    response["Retry-After"] = str(error.seconds)
    return response


@api.exception_handler(ValidationError)
def not_as_described(request: HttpRequest, error: ValidationError) -> Any:
    """Say which parts of a question are not as described."""
    where = [" › ".join(str(step) for step in one["loc"]) + f": {one['msg']}" for one in error.errors]
    told = {"detail": "This question is not as it is described.", "where": where}
    return api.create_response(request, told, status=422)


def _insist(request: HttpRequest, limit: str) -> None:
    seconds = seconds_to_wait(request, limit)
    if seconds:
        raise TooOften(seconds)


@api.get(
    "certificates/{number}",
    response={200: CertificateAnswer, 404: Trouble, **_ALWAYS},
    summary="How one certificate stands",
    operation_id="certificate",
)
def certificate(
    request: HttpRequest, number: Annotated[str, Path(max_length=LONGEST_NUMBER)]
) -> CertificateAnswer:
    """How the certificate with this number stands. 404 where none was issued here with it."""
    _insist(request, "api_number")
    (answer,) = answer_list([Asked(1, number, read_number(number))])
    if answer.found in (Found.UNKNOWN, Found.NO_NUMBER):
        raise HttpError(404, "No certificate with this number was issued here.")
    return CertificateAnswer.of(answer)


@api.post(
    "certificates",
    response={200: Answers, **_ALWAYS},
    summary="How up to a thousand certificates stand",
    operation_id="certificates",
)
def certificates(request: HttpRequest, question: Question) -> Answers:
    """How each of these certificates stands and, where a name is given, whether it is of that person."""
    _insist(request, "api_list")
    asked = question.lines()
    if seconds := seconds_to_wait_for_names(request, asked):
        raise TooOften(seconds)
    return Answers(certificates=[CertificateAnswer.of(answer) for answer in answer_list(asked)])


@api.post(
    "check",
    response={200: FileAnswer, 413: Trouble, 415: Trouble, **_ALWAYS},
    summary="What a file is worth",
    operation_id="check",
    openapi_extra=_BODY,
)
def check(request: HttpRequest) -> FileAnswer:
    """What the file in the body is worth: a PDF, a credential as JSON, or a token. It is not kept."""
    _insist(request, "api_file")
    try:
        content = request.body
    except RequestDataTooBig as error:
        raise HttpError(413, "This file is too large to be a certificate.") from error
    except RawPostDataException as error:  # it came as a form, and was read as one
        raise HttpError(415, "Send the file itself in the body, not a form.") from error
    if not content:
        raise HttpError(422, "The body is empty. Send the file itself in it.")
    return FileAnswer.of(check_file(content))
