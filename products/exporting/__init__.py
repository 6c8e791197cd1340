"""The shop to files, row by row: memory doesn't grow with the catalogue."""
