"""The screens: one folder per group. Views call services; rules live below."""
