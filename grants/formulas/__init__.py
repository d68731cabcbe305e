"""Pure functions of the grants app: amounts, scores, ranking."""
