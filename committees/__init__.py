"""Committees that decide: seats, meetings, agendas, ballots, resolutions and minutes. Knows no domain."""
