"""Views of people: the doors, one's own account, and the People page."""
