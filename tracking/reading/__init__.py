"""What was reported, put so that a person reads it. Nothing here writes."""
