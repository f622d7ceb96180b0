"""From an annotated article to lines that may stand beside it."""
