"""English: what pages name is what they show; the rest is Django's own."""
