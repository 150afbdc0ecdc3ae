"""Whole matches that were played once, and what can be read out of them."""
