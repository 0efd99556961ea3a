"""What competence is: frameworks and standards as frozen data. Knows no Django."""
