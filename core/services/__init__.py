"""Use cases: authorise, then act; named by what a person can do."""
