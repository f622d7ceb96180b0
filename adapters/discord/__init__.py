"""Discord: messages as Components V2, presses as ids of components."""
