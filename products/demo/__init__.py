"""The demo shop “Linden & Loom”: its catalogue, its pictures and its invented past.

`catalogue/` and `pictures/` are data; `reading` turns them into objects; `history`
invents 120 days without touching the database; `loading` plays them through the
services; `synthetic` and `scale` make shops of any size for trials.
"""
