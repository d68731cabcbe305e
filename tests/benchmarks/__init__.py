"""Benchmarks: figures as multiples of a floor measured in the same run. They are no tests and assert nothing."""
