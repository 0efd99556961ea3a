"""The command `bekwaam`: pure commands over files, and commands over services."""
