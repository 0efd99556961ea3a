"""The assessor's screens: queue, judging, final judgement."""
