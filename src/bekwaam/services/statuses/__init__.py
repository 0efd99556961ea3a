"""Services of the statuses room: whether a certificate still stands, and how the world can see that."""
