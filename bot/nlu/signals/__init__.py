"""What is heard in an Italian message beside its intent: need, temperature, stakes, threats, irony."""
