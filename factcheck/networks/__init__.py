"""What every network trained here stands on: the encoder, its published checkpoints, its weights in training, in a file and on disk."""
