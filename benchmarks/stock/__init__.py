"""Rasa as it comes out of the box, each program in a process of its own."""
