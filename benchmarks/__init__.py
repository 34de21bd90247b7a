"""The side-by-side benchmark: the budgets of this service, measured in one run against Rasa's stock pipeline.

`make bench`, or `python -m benchmarks --help`. Machines are noisy: ratios count, not milliseconds.
"""
