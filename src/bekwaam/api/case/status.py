"""How CASE says that something went wrong: ``imsx_StatusInfo``."""

from __future__ import annotations

from typing import Any, Final

UNKNOWN: Final = "unknownobject"
NO_UUID: Final = "invalid_uuid"
NO_FIELD: Final = "invalid_selection_field"
NO_SORT: Final = "invalid_sort_field"
OUR_MISTAKE: Final = "internal_server_error"


class Wrong(Exception):
    """A request cannot be answered: with this status, code and sentence.

    ``name`` is the parameter it is about. CASE 1.1 has no code of its own for a filter or for paging that
    cannot be understood; those are "invalid_selection_field" with the name of the parameter.
    """

    def __init__(self, status: int, code: str, name: str, description: str) -> None:
        super().__init__(description)
        self.status, self.code, self.name, self.description = status, code, name, description

    def info(self) -> dict[str, Any]:
        """Return the imsx_StatusInfo."""
        return status_info(self.description, self.code, self.name)


def status_info(description: str, code: str = "", name: str = "", major: str = "failure") -> dict[str, Any]:
    """Return an imsx_StatusInfo; without ``code`` where CASE has none that fits."""
    minor = {"imsx_codeMinorField": [{"imsx_codeMinorFieldName": name, "imsx_codeMinorFieldValue": code}]}
    return {
        "imsx_codeMajor": major,
        "imsx_severity": "error",
        "imsx_description": description,
        **({"imsx_codeMinor": minor} if code else {}),
    }
