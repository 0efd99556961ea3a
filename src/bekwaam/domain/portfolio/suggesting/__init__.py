"""Which competences may a story show? Dutch words, looked up in a list that people keep."""
