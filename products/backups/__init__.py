"""The shop as one file, and back: docs/decisions/backups.md describes the format.

A zip archive: `manifest.json` says what it is and carries the hash of every other
member; `data/<table>.jsonl` has the rows of one table; `media.jsonl` lists the files
below `media/`. Nothing in it depends on the kind of database.

`tables` and `rows` know the database, `archive` and `manifest` the file, `media` the
folder; `writing`, `restoring` and `verifying` are what commands call.
"""
