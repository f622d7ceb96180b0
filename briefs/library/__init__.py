"""The bundled SAMPLE library: text files that a curator reads and edits, and no code."""
