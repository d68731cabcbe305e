"""The tests, and what they begin from. A package, so that no installed package of the same name is found before it."""
