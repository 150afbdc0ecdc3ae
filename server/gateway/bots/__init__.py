"""For bot authors: an example to start from. It runs on its own, and knows nothing of the server but its wire."""
