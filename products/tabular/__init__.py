"""Delimited text files to rows and back; knows nothing of products or the database."""
