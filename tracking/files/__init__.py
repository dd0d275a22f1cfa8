"""Files that people send: what they really are, and how they are given back."""
