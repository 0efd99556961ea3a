"""Signs of trouble: what stands out in a dossier or in its judging, for people to weigh."""
