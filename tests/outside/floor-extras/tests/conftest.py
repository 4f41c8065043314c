"""What holds for every test here."""

import sys

# A compiled copy that the group may write to would keep floorwatch from taking this folder with --plugin-dir.
sys.dont_write_bytecode = True
