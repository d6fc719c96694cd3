"""What the window and the command line call: one file per noun, plain functions."""
