"""What a reader may ask: each command declared once, one grammar, one place where answers come from."""
