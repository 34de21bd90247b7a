"""Teorema: an Italian social-care bot that understands, keeps its promises and hands over with the whole story."""
