"""The demo shop shown to machines: `make pictures` and `make lighthouse`."""
