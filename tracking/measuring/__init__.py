"""How a promise is measured, what is asked of it, and what a report on it comes to."""
