"""1EdTech CASE 1.1: frameworks and crosswalks to and from the exchange format of competence frameworks."""

from bekwaam.frameworks.exchange.case.crosswalks import read_case_crosswalk, write_case_crosswalk
from bekwaam.frameworks.exchange.case.reader import read_case
from bekwaam.frameworks.exchange.case.writer import document_identifier, to_package, write_case

__all__ = [
    "document_identifier",
    "read_case",
    "read_case_crosswalk",
    "to_package",
    "write_case",
    "write_case_crosswalk",
]
