"""What people change of an outline before it is published: of one it makes another."""
