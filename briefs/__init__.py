"""The core: what an article, a brief, a card and a digest are, and how they are made and shown."""
