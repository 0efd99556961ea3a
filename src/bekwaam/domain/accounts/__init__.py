"""Who people are to a procedure, and what that lets them do."""
