"""The server of The Nineteenth: it waits, so that the rules need not."""
