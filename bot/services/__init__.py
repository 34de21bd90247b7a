"""Use cases, one a module: what happens when somebody writes, waits, takes over or asks."""
