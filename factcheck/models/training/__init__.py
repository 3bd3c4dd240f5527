"""Training of the embedded NLI model: recipe, data mix, loop, export."""
