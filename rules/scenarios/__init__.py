"""Scenarios as data: a file each, with its settings."""
