"""Keeps private keys as sealed files in one folder, each under its name."""

from __future__ import annotations

import os
import re
import secrets
from collections import OrderedDict
from pathlib import Path
from threading import Lock
from typing import Final

from bekwaam.adapters.keys.passphrases import write_private
from bekwaam.trust.keys import PrivateKey, PublicKey
from bekwaam.trust.keystore import SHORTEST_PASSPHRASE, Costs, seal, unseal
from bekwaam.trust.reasons import Reason, Refused

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_MOST_OPEN: Final = 64

# Opening a key takes a good part of a second and 128 MiB, on purpose. What was opened stays in the memory of
# the process, for as long as its file is the one that was opened.
_open: OrderedDict[tuple[str, int, int, int, str], PrivateKey] = OrderedDict()
_opening: Final = Lock()


class SealedFiles:
    """A key store on the local disk (:class:`bekwaam.trust.keystore.KeyStore`).

    The folder is ours alone (0700) and so is every file (0600). A key gets its name in one go and is never
    written over by another.
    """

    def __init__(self, folder: Path, passphrase: str, costs: Costs | None = None) -> None:
        self.folder = folder
        self._passphrase = passphrase
        self._costs = costs or Costs()

    def new(self, name: str) -> PublicKey:
        """Make a key called ``name`` and keep it; it is on disk before this returns.

        Raises Refused: KEY when the name is taken or will not do, PASSPHRASE when that is too short.
        """
        path = self._path(name)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = PrivateKey.new()
        partial = self._partial(name)
        write_private(partial, seal(key, self._passphrase, self._costs).encode())
        try:
            os.link(partial, path)
        except FileExistsError as error:
            raise Refused(Reason.KEY, f"{name} is there already") from error
        finally:
            partial.unlink(missing_ok=True)
        self._sync()
        return key.public

    def signer(self, name: str) -> PrivateKey:
        """Return the key called ``name``; raises Refused (KEY_UNKNOWN, PASSPHRASE, or what is wrong with the
        file).
        """
        return self._opened(self._path(name), self._passphrase)

    def forget(self, name: str) -> None:
        """Destroy the private key called ``name``; one that is not there is no error."""
        self._path(name).unlink(missing_ok=True)

    def names(self) -> tuple[str, ...]:
        """Return what the keys are called."""
        found = self.folder.glob("*.json") if self.folder.is_dir() else ()
        return tuple(sorted(path.stem for path in found if _NAME.fullmatch(path.stem)))

    def seal_anew(self, passphrase: str) -> int:
        """Seal every key with another ``passphrase``, and return how many that were.

        All are opened before one is written; what was sealed with the new one already is left. So when it
        was broken off half-way it can be done again. Raises Refused (PASSPHRASE) for a key that neither
        opens.
        """
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise Refused(Reason.PASSPHRASE, "too short")
        old = [(name, key) for name in self.names() if (key := self._not_yet(name, passphrase)) is not None]
        for name, key in old:
            partial = self._partial(name)
            write_private(partial, seal(key, passphrase, self._costs).encode())
            partial.replace(self._path(name))
        self._sync()
        return len(old)

    def _not_yet(self, name: str, passphrase: str) -> PrivateKey | None:
        """Return the key called ``name``, or None where ``passphrase`` opens it."""
        try:
            return self.signer(name)
        except Refused as refused:
            if refused.reason is not Reason.PASSPHRASE:
                raise
            self._opened(self._path(name), passphrase)
            return None

    def _opened(self, path: Path, passphrase: str) -> PrivateKey:
        with _opening:  # one at a time: each takes its 128 MiB
            try:
                with path.open("rb") as source:
                    here = os.fstat(source.fileno())
                    identity = (str(path), here.st_ino, here.st_mtime_ns, here.st_size, passphrase)
                    if identity not in _open:
                        _open[identity] = unseal(source.read(8192), passphrase)
            except FileNotFoundError as error:
                raise Refused(Reason.KEY_UNKNOWN, path.stem) from error
            _open.move_to_end(identity)
            while len(_open) > _MOST_OPEN:
                _open.popitem(last=False)
            return _open[identity]

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise Refused(Reason.KEY, "name")
        return self.folder / f"{name}.json"

    def _partial(self, name: str) -> Path:
        return self.folder / f".{name}-{secrets.token_hex(8)}"

    def _sync(self) -> None:
        """See that the names of the files are on disk too."""
        if self.folder.is_dir():
            handle = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
