"""Rasa in process: from a customer's story to decisions and sentences."""
