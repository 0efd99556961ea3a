"""The tables, and the audit writer. Imported by services only."""
