"""What a plan prints, whatever its format: labels, numbered lists, statements, figures."""
