"""Scripted customers who rehearse the service: load scenarios, play them, judge what happened, report."""
