"""Players without a body. Each sees a view and draws lots that are handed to it; none may ever see a state."""
