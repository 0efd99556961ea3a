"""What is published, in the terms of 1EdTech CASE, found by its identifiers."""
