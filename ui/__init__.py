"""The window. Talks to console.services, never to storage."""
