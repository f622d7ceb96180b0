"""Setting the bot up, question by question, until a post of its own was seen in a channel."""
