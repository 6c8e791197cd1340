"""CSV and workbooks to rows and back; knows nothing of products or the database."""
