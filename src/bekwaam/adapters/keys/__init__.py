"""Where private keys lie: sealed files in a folder. A device or a key service would be one more module."""

from bekwaam.adapters.keys.passphrases import passphrase_of
from bekwaam.adapters.keys.sealed import SealedFiles

__all__ = ["SealedFiles", "passphrase_of"]
