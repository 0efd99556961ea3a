"""Services of the reflection room: looking back alone, with colleagues, and deliberating together."""
