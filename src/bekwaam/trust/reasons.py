"""Why something was not accepted: one stable code per reason, without a sentence; wording is for others."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """What was wrong. The value is what stands in reports and never changes its meaning."""

    # reading
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    TOO_MANY_VALUES = "too_many_values"
    NOT_JSON = "not_json"
    DUPLICATE_KEY = "duplicate_key"
    NUMBER = "number"
    TEXT = "text"
    SHAPE = "shape"
    ENCODING = "encoding"
    # what a signature would not cover
    CONTEXT_MISSING = "context_missing"
    CONTEXT_UNKNOWN = "context_unknown"
    CONTEXT_PLACE = "context_place"
    KEYWORD = "keyword"
    SPELLING = "spelling"
    NOT_SIGNED = "not_signed"
    NODE_TWICE = "node_twice"
    GRAPH_TOO_HARD = "graph_too_hard"
    # proofs
    PROOF_MISSING = "proof_missing"
    PROOF_TWICE = "proof_twice"
    PROOF_CHAIN = "proof_chain"
    PROOF_PURPOSE = "proof_purpose"
    PROOF_EXPIRED = "proof_expired"
    SUITE_UNKNOWN = "suite_unknown"
    ALGORITHM = "algorithm"
    HEADER = "header"
    SIGNATURE = "signature"
    # keys
    KEY = "key"
    KEY_UNKNOWN = "key_unknown"
    KEY_CONTROLLER = "key_controller"
    KEY_RETIRED = "key_retired"
    KEY_COMPROMISED = "key_compromised"
    KEY_MAY_BE_STOLEN = "key_may_be_stolen"
    PASSPHRASE = "passphrase"  # noqa: S105
    IDENTIFIER = "identifier"
    ISSUER_UNKNOWN = "issuer_unknown"
    # time
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    FROM_THE_FUTURE = "from_the_future"
    # status
    STATUS_LIST = "status_list"
    STATUS_PURPOSE = "status_purpose"
    STATUS_INDEX = "status_index"
    STATUS_UNKNOWN = "status_unknown"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    # log
    LOG_PROOF_MISSING = "log_proof_missing"
    LOG_UNKNOWN = "log_unknown"
    LOGGED_LATER = "logged_later"
    ORIGIN = "origin"
    NOT_IN_LOG = "not_in_log"
    FORK = "fork"
    OLD_CHECKPOINT = "old_checkpoint"


class Refused(ValueError):
    """What somebody handed in is not accepted: ``reason`` says why, ``detail`` where (for a report, not a
    screen).
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail
