"""Who issues: what anybody may know of it, and the keys that a provider signs with."""
