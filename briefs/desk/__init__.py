"""Use cases: the only part of the core that speaks to ports."""
