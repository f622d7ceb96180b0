"""Thousands of hostile messages on each platform: none may call anybody, hide where a link leads, or be refused."""
