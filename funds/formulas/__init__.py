"""Pure functions of the fund: no Django, no database."""
