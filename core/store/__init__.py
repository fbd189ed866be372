"""The only SQL: versioned rows beside the journal of changes; rows never leave this package."""
