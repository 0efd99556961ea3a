"""Signs of trouble: what stands out in a dossier or its judging, and what people found about it."""
