"""The shape of what staff type into the fund's pages."""
