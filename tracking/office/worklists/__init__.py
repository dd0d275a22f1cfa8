"""What officers have before them: whose work it is, and how far it is. Nothing here writes."""
