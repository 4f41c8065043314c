"""For authors of plugins: floors at one instant to test on (`floors`), and views read back (`reading`)."""
