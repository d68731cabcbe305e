"""The demo season: invented applications around real figures, inserted in bulk by `manage.py seed_demo`.

The one writer of a `status` besides `core.workflow`: rows are laid down with the history that the actions would have
left, and tests/portal/test_seed.py replays every row of it through the workflow tables. It announces nothing.

Three calls of the year, all with the same commission: a finished one (voted on in a meeting that is closed, its minutes
signed, released by two), a small one whose meeting is in session (what is to be declined is resolved, the awards wait
for the vote of the door's member), and an open one, for which a meeting is planned.
"""
