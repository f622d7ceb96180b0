"""Edits that falsify a sentence and rewordings that do not, made at test time out of the articles beside the checkout."""
