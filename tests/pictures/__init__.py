"""Pictures for the documentation, drawn from what the adapters' own renderers give: `make pictures`."""
