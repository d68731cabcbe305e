"""The Creative Capital Fund: founders, projects, investments, ledger, the way to 50 projects."""
