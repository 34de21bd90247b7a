"""Pages for community managers and trainers."""
