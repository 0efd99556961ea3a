"""What an organisation knows that helps: its own list, chosen from, compared and combined."""
