"""Pages that show both instruments: home, progress, the staff's first page, the demo."""
