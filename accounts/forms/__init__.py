"""Forms: those of the doors (allauth's, in our words) and those about people."""
