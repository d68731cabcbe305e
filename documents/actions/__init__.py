"""What is done with files: check, store."""
