"""What may happen to accounts; each service is one transaction."""
