"""The rules of social care as plain values and functions; imports only the standard library."""
