"""What a plugin's code may raise where it is called outside of its lane: in the thread of a feed, or while one begins.

`sys.exit()` is a failure of whoever calls it, as any other: Python would end a thread without a word, or all of
floorwatch. Only ctrl+c is the person's.
"""

FAILURES: tuple[type[BaseException], ...] = (Exception, SystemExit)
