"""What the pages show as tables to take home: CSV, whose sums are the figures of the pages."""
