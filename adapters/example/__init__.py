"""A whole adapter in a hundred lines, to copy: a chat over a socket of this machine. `nc 127.0.0.1 7007` talks to it.

What a client types first is the token; then every line is a command, and posts arrive as they are made. `render` turns
a message into plain text, `chat` does the rest: inbound, publisher and app in one, since there is so little of each.
"""
