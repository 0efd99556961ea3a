"""``bekwaam verify``: checks certificates from files, without a database and without Django."""
