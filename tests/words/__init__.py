"""The words of floorwatch and its bundled plugins: found in the source, held in catalogues, compiled."""
