"""How the syntax model is made: treebanks and named entities in, weights out."""
