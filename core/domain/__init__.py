"""The rules, in plain Python: no clock, no database, no screen."""
