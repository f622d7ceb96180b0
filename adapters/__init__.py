"""Translators between the core and the world: chat platforms, storage, sources, the clock."""
