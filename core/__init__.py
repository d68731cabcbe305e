"""Mechanisms that know no domain word: workflow, audit, append-only tables, money, identifiers, working days."""
