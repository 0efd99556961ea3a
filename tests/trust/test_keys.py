"""Keys, how they are written, how they are kept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bekwaam.trust.keys import PrivateKey, PublicKey
from bekwaam.trust.keystore import Costs, seal, unseal
from bekwaam.trust.reasons import Reason, Refused
from tests.trust.material import OTHER, PRIVATE, vector_json

CHEAP = Costs(n=2**10)
WORDS = "een lange zin die niemand raadt"


def test_keys_of_w3c_are_read_and_written_the_same() -> None:
    pairs = [
        vector_json("di-eddsa/keyPair.json"),
        *vector_json("di-eddsa/proof-set-chain/multiKeyPairs.json").values(),
    ]
    for pair in pairs:
        key = PrivateKey.from_multibase(pair["privateKeyMultibase"])
        assert key.public.multibase == pair["publicKeyMultibase"]
        assert PublicKey.from_multibase(pair["publicKeyMultibase"]) == key.public


def test_a_signature_is_that_of_rfc_8032() -> None:
    seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    key = PrivateKey(bytes.fromhex(seed))
    assert key.public.raw.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert key.sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")


def test_a_signature_holds_for_its_key_and_its_text_only() -> None:
    signature = PRIVATE.sign(b"tekst")
    assert PRIVATE.public.signed(signature, b"tekst")
    assert not PRIVATE.public.signed(signature, b"Tekst")
    assert not OTHER.public.signed(signature, b"tekst")
    assert not PRIVATE.public.signed(signature[:-1], b"tekst")
    assert not PRIVATE.public.signed(b"", b"tekst")


@pytest.mark.parametrize(
    "text",
    [
        PRIVATE.public.multibase[:-1],
        "z" + PRIVATE.public.multibase,
        "zDnaegE6RR3atJtHKwTRTWHsJ3kNHqFwv7n9YjTgmU7TyfU76",  # of another curve
        "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq",  # a secret one
        "",
        None,
        {"z": 1},
    ],
)
def test_what_is_no_public_ed25519_key_is_refused(text: object) -> None:
    with pytest.raises(Refused):
        PublicKey.from_multibase(text)


def test_a_private_key_does_not_show_itself() -> None:
    shown = repr(PRIVATE) + str(PRIVATE)
    assert PRIVATE.seed().hex() not in shown
    assert not hasattr(PRIVATE, "__dict__")


def test_a_sealed_key_opens_with_its_own_passphrase_only() -> None:
    sealed = seal(PRIVATE, WORDS, CHEAP)
    assert unseal(sealed, WORDS).seed() == PRIVATE.seed()
    assert PRIVATE.seed().hex() not in sealed
    with pytest.raises(Refused, match=Reason.PASSPHRASE):
        unseal(sealed, WORDS + " ")
    assert seal(PRIVATE, WORDS, CHEAP) != sealed


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(Refused, match=Reason.PASSPHRASE):
        seal(PRIVATE, "geheim", CHEAP)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"public": OTHER.public.multibase}, Reason.PASSPHRASE),
        ({"p": 2}, Reason.PASSPHRASE),
        ({"n": 2**30}, Reason.TOO_LARGE),
        ({"n": 1000}, Reason.TOO_LARGE),
        ({"r": 0}, Reason.TOO_LARGE),
        ({"n": True}, Reason.SHAPE),
        ({"n": "1024"}, Reason.SHAPE),
        ({"kind": "another"}, Reason.SHAPE),
        ({"nonce": "QQ"}, Reason.SHAPE),
        ({"salt": "=="}, Reason.ENCODING),
        ({"sealed": None}, Reason.SHAPE),
        ({"more": 1}, Reason.SHAPE),
    ],
)
def test_a_changed_sealed_key_is_refused(changes: dict[str, Any], reason: Reason) -> None:
    sealed = json.loads(seal(PRIVATE, WORDS, CHEAP)) | changes
    with pytest.raises(Refused) as caught:
        unseal(json.dumps(sealed), WORDS)
    assert caught.value.reason is reason


def test_guessing_a_passphrase_costs_memory() -> None:
    assert 128 * Costs().n * Costs().r == 128 * 1024 * 1024
