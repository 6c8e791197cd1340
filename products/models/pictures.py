"""What the files of a picture are called: the small copy stands beside the large one.

The name of the one gives the name of the other, so a list of products shows its
pictures without a query and without a look at the disk.
"""

THUMB_MARK = "-thumb"


def thumb_name(name: str) -> str:
    """Return the stored name of the small copy: `a1.webp` has `a1-thumb.webp`."""
    stem, dot, extension = name.rpartition(".")
    return f"{stem}{THUMB_MARK}{dot}{extension}"
