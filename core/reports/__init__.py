"""Documents and tables out: what somebody takes away from the program."""
