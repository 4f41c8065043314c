"""A believable floor out of a seed: for the demo, for benchmarks, and for trying things without a switch."""
