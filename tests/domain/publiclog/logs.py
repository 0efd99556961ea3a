"""A log in memory that answers as one on the web does, and can be made to lie."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from bekwaam.trust.checkpoints import Checkpoint, sign_checkpoint
from bekwaam.trust.encoding import to_base64
from bekwaam.trust.keys import PrivateKey
from bekwaam.trust.merkle import MemoryNodes, append, consistency_proof, leaf_hash, root
from bekwaam.trust.notes import NoteKey

ADDRESS = "https://evc.example/log/"
KEY = PrivateKey(bytes(range(2, 34)))
OTHER_KEY = PrivateKey(bytes(range(3, 35)))


class Log:
    """A log of these leaves; ``silent`` names what it gives no answer to, ``says`` what it answers anyhow."""

    def __init__(self, leaves: Sequence[str], key: PrivateKey = KEY, origin: str = "evc.example/log") -> None:
        self.nodes, self.size, self.key, self.origin = MemoryNodes(), 0, key, origin
        self.silent: set[str] = set()
        self.says: dict[str, bytes] = {}
        for leaf in leaves:
            self.size = append(self.nodes, self.size, leaf_hash(leaf.encode()))

    @property
    def note(self) -> str:
        """Its checkpoint."""
        state = Checkpoint(self.origin, self.size, root(self.nodes, self.size))
        return sign_checkpoint(state, self.key)

    @property
    def vkey(self) -> NoteKey:
        """Its key."""
        return NoteKey(self.origin, self.key.public)

    def fetch(self, url: str, most_bytes: int) -> bytes:
        """Answer for an address; raises OSError where the log does not."""
        parts = urlsplit(url)
        name = parts.path.removeprefix("/log/")
        if name in self.silent or not url.startswith(ADDRESS):
            raise OSError(f"no answer: {name}")
        if name in self.says:
            return self.says[name]
        if name == "checkpoint":
            return self.note.encode()
        if name == "key":
            return f"{self.vkey.text}\n".encode()
        asked = parse_qs(parts.query)
        old, new = int(asked["from"][0]), int(asked["to"][0])
        if new > self.size:
            raise OSError("status: 400")
        hashes = [to_base64(one) for one in consistency_proof(self.nodes, old, new)]
        return json.dumps({"from": old, "to": new, "hashes": hashes}).encode()
