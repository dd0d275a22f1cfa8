"""What citizens see: pages, the figures and charts on them, feeds and open data."""
