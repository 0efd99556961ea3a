"""Private keys as sealed files in a folder."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from bekwaam.adapters.keys import SealedFiles, passphrase_of, sealed
from bekwaam.trust.keystore import Costs, KeyStore
from bekwaam.trust.reasons import Reason, Refused

CHEAP = Costs(2, 8, 1)
PASSPHRASE = "acht bruine beren"


def store_in(folder: Path, passphrase: str = PASSPHRASE) -> SealedFiles:
    return SealedFiles(folder / "keys", passphrase, CHEAP)


def reason_of(ask: Callable[[], object]) -> Reason:
    with pytest.raises(Refused) as told:
        ask()
    return told.value.reason


def test_a_key_signs_and_comes_back_in_another_process(tmp_path: Path) -> None:
    store: KeyStore = store_in(tmp_path)
    public = store.new("de-kade-1")
    sealed._open.clear()
    signer = store_in(tmp_path).signer("de-kade-1")
    assert signer.public == public
    assert public.signed(signer.sign(b"so it is"), b"so it is")


def test_only_we_can_read_the_folder_and_the_files(tmp_path: Path) -> None:
    store_in(tmp_path).new("een")
    folder = tmp_path / "keys"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [(path.name, stat.S_IMODE(path.stat().st_mode)) for path in folder.iterdir()] == [
        ("een.json", 0o600)
    ]


def test_no_key_is_written_over_another(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    public = store.new("een")
    assert reason_of(lambda: store.new("een")) is Reason.KEY
    assert store.signer("een").public == public
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["een.json"]


@pytest.mark.parametrize(
    "name", ["", "../een", "een/twee", ".een", "Een", "een.json", "e" * 81, "een\n", "é"]
)
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    store = store_in(tmp_path)
    for ask in (store.new, store.signer, store.forget):
        assert reason_of(partial(ask, name)) is Reason.KEY
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_passphrase_opens_nothing_also_after_the_right_one_did(tmp_path: Path) -> None:
    store_in(tmp_path).new("een")
    store_in(tmp_path).signer("een")
    assert reason_of(lambda: store_in(tmp_path, "negen bruine beren").signer("een")) is Reason.PASSPHRASE
    assert reason_of(lambda: store_in(tmp_path, "te kort").new("twee")) is Reason.PASSPHRASE


def test_a_changed_file_is_noticed_also_when_the_key_was_in_memory(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.new("een")
    other = store.new("twee")
    store.signer("een")
    path = tmp_path / "keys" / "een.json"
    text = json.loads(path.read_text())
    path.write_text(json.dumps(text | {"public": other.multibase}))
    assert reason_of(lambda: store.signer("een")) is Reason.PASSPHRASE
    path.write_text("no key")
    assert reason_of(lambda: store.signer("een")) is Reason.NOT_JSON


def test_a_key_that_was_forgotten_is_gone(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.new("een")
    store.signer("een")
    store.forget("een")
    store.forget("een")
    assert reason_of(lambda: store.signer("een")) is Reason.KEY_UNKNOWN
    assert store.names() == ()


def test_opening_is_done_once_and_only_so_many_stay_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[bytes | str] = []
    unseal = sealed.unseal
    monkeypatch.setattr(sealed, "unseal", lambda text, phrase: opened.append(text) or unseal(text, phrase))
    monkeypatch.setattr(sealed, "_MOST_OPEN", 2)
    store = store_in(tmp_path)
    for name in ("een", "twee", "drie"):
        store.new(name)
    for name, times in (("een", 1), ("een", 1), ("twee", 2), ("drie", 3), ("drie", 3), ("een", 4)):
        store.signer(name)
        assert len(opened) == times, name
    assert len(sealed._open) == 2


def test_of_two_who_make_the_same_key_one_is_told_so(tmp_path: Path) -> None:
    store = store_in(tmp_path)

    def make(_: int) -> str:
        try:
            return store.new("een").multibase
        except Refused as refused:
            return refused.reason

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(make, range(8)))
    assert sorted(made)[:7] == [Reason.KEY] * 7
    assert store.signer("een").public.multibase in made


def test_all_are_sealed_anew_with_another_passphrase(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    made = {name: store.new(name) for name in ("een", "twee", "drie")}
    assert store.seal_anew("tien bruine beren") == 3
    again = store_in(tmp_path, "tien bruine beren")
    assert {name: again.signer(name).public for name in again.names()} == made
    assert reason_of(lambda: store.signer("een")) is Reason.PASSPHRASE
    assert store.seal_anew("tien bruine beren") == 0


def test_sealing_anew_that_was_broken_off_can_be_done_again(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    made = {name: store.new(name) for name in ("een", "twee")}
    one = (tmp_path / "keys" / "een.json").read_text()
    store.seal_anew("tien bruine beren")
    (tmp_path / "keys" / "een.json").write_text(one)
    assert store.seal_anew("tien bruine beren") == 1
    again = store_in(tmp_path, "tien bruine beren")
    assert {name: again.signer(name).public for name in again.names()} == made


def test_sealing_anew_changes_nothing_when_one_key_does_not_open(tmp_path: Path) -> None:
    store_in(tmp_path).new("een")
    store_in(tmp_path, "negen bruine beren").new("twee")
    before = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    store = store_in(tmp_path)
    assert reason_of(lambda: store.seal_anew("tien bruine beren")) is Reason.PASSPHRASE
    assert reason_of(lambda: store.seal_anew("te kort")) is Reason.PASSPHRASE
    assert {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()} == before


def test_the_passphrase_is_what_was_given_or_what_stands_in_the_file(tmp_path: Path) -> None:
    file, own = tmp_path / "file", tmp_path / "own"
    file.write_text("uit een bestand\n")
    assert passphrase_of("gegeven", str(file), own) == "gegeven"
    assert passphrase_of("", str(file), own) == "uit een bestand"
    assert reason_of(lambda: passphrase_of("", str(tmp_path / "none"), own)) is Reason.PASSPHRASE
    assert not own.exists()


def test_two_processes_that_start_at_once_get_the_same_passphrase(tmp_path: Path) -> None:
    own = tmp_path / "data" / "key-passphrase"
    with ProcessPoolExecutor(4, mp_context=get_context("fork")) as pool:
        found = set(pool.map(passphrase_of, [""] * 8, [""] * 8, [own] * 8))
    assert found == {own.read_text()}
    assert len(own.read_text()) >= 32
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert [path.name for path in own.parent.iterdir()] == ["key-passphrase"]
