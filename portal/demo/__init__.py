"""The demo season: invented applications around real figures, inserted in bulk by `manage.py seed_demo`.

The one writer of a `status` besides `core.workflow`: rows are laid down with the history that the actions would have
left, and tests/portal/test_seed.py replays every row of it through the workflow tables. It announces nothing.

Three calls of the year: a finished one (decided, published), a small one that is before the commission (scored, its
decisions partly staged: the secretary and the commission have something to do), and an open one.
"""
