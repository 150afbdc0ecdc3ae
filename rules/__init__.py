"""The rules of The Nineteenth: pure, with no clock, no randomness and no input or output of its own."""
