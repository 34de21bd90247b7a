"""Our side, each program in a process of its own."""
