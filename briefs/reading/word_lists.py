"""Lists of words as they are written in the modules they serve."""


def word_set(text: str) -> frozenset[str]:
    """The words of a text with blanks and line ends between them."""
    return frozenset(text.split())
