"""Services of the signing room: with which names and keys is signed."""
