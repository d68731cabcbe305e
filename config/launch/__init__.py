"""Starts the portal's processes on one machine: the demo's, and the broker that the tests share with it."""
