"""From articles to candidate claims: rules over words, with every value bound to its place in the text."""
