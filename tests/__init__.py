"""What the program promises, as sentences."""
