"""What is told of security: events, the lines they become, the numbers of requests."""
