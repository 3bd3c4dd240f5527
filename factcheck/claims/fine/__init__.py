"""The fine grain: candidates for what a sentence states, the network that ranks them, and the words they are told in."""
