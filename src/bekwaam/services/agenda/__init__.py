"""What somebody has to do by when, their appointments, and how they hear of both."""
