"""Any moment of a recording at once: the floor is kept every thousand entries, and folded forward from there."""
