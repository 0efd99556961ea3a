"""1EdTech CASE 1.1: this installation as a provider of competence frameworks. See ``docs/case.md``."""
