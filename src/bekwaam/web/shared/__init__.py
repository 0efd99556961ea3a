"""What all screens share: frame, language, errors, drafts."""
