"""The pure core: what happened, what the floor is, what its numbers mean. No threads, no files, no clock read."""
