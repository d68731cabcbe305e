"""Programmes, calls, applications, screening, reviews, ranking, decisions, awards."""
