"""What holds for every test here."""

import sys

# Python would keep compiled copies beside the code. Where a new file may be written by the group, as on many machines,
# floorwatch would then refuse the folder as a drop-in: others could change what it runs.
sys.dont_write_bytecode = True
