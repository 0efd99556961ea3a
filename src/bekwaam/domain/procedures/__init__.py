"""The course of an EVC procedure: purpose, states and what moves it on."""
