"""The public log for other programs: checkpoints, proofs and leaves. See ``docs/logboek.md``."""
