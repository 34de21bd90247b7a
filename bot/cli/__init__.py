"""The `teorema` command."""
