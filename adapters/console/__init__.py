"""The console: the same commands and messages in a terminal. The example of an adapter to copy.

Four shapes, as in every adapter: `inbound` (what was typed → a line for `Commands`), `render` (a message → lines of a
terminal; `spans`, `layout` and `screen` are its parts), `channel` (the publisher), and the apps: `say` for one answer,
`chat` for a conversation, `piped` for one whose lines come from a file or a pipe.
"""
