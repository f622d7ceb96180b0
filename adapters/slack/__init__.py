"""Slack: slash commands, buttons and menus in, Block Kit out."""
