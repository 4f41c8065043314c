"""How long a test waits for what has to come, before it fails: long enough for a machine that has much else to do.

It costs nothing where it comes. Whatever is waited for must be told (an event, a thread's end, a line on the screen):
no test sleeps for so long in the hope that something has happened meanwhile.
"""

PATIENCE_SECONDS = 60.0
