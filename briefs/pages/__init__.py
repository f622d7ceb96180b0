"""From a thing to the message that shows it: pure, and for no platform in particular."""
