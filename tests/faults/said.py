"""Faults that are nothing but lines: their number, what they are, and the lines behind their times."""

from collections.abc import Sequence

NOBODY = ("NONE", "REALTIME", "MANAGER", "CLI", "")

SAID: Sequence[tuple[int, str, Sequence[str]]] = (
    (
        53,
        "a call's name used again while the first one talks",
        (
            "u1|support|NONE|ENTERQUEUE||5550001111|1",
            "u1|support|PJSIP/2001|CONNECT|0|x|3",
            "u1|support|NONE|ENTERQUEUE||5550001111|1",
            "u1|support|PJSIP/2002|CONNECT|0|x|3",
            "u1|support|PJSIP/2002|COMPLETEAGENT|0|9|1",
        ),
    ),
    (
        54,
        "a call that is handed into a queue it never entered",
        (
            "h1|support|NONE|ENTERQUEUE||5550001111|1",
            "h1|support|PJSIP/2001|CONNECT|0|x|3",
            "h2|billing|NONE|ENTERQUEUE||1001|1",
            "h1|support|PJSIP/2001|ATTENDEDTRANSFER|BRIDGE|b|0|9|1",
            "h1|billing|PJSIP/2002|CONNECT|0|y|3",
            "h1|billing|PJSIP/2002|COMPLETEAGENT|0|9|1",
        ),
    ),
    (
        57,
        "calls without a name",
        (
            *(f"{nobody}|support|NONE|ENTERQUEUE||5550001111|1" for nobody in NOBODY),
            *(f"{nobody}|support|PJSIP/2001|CONNECT|0|x|3" for nobody in NOBODY),
        ),
    ),
    (
        64,
        "a name with a separator in it",
        (
            "b1|support|NONE|ENTERQUEUE||55|a|1|x",
            "b1|support|Ann | Bob|CONNECT|0|x|3",
            "b1|support|Ann | Bob|COMPLETEAGENT|0|9|1",
        ),
    ),
    (
        65,
        "a transfer that is written after the next entry",
        (
            "t1|support|NONE|ENTERQUEUE||5550001111|1",
            "t1|support|PJSIP/2003|CONNECT|0|x|3",
            "t1|support|NONE|ENTERQUEUE||5550001111|1",
            "t1|support|PJSIP/2003|BLINDTRANSFER|600|ctx|0|9|1",
            "t1|support|NONE|ABANDON|1|1|0",
        ),
    ),
    (
        66,
        "two endings of a talk",
        (
            "w1|support|NONE|ENTERQUEUE||5550001111|1",
            "w1|support|PJSIP/2001|CONNECT|0|x|3",
            "w1|support|PJSIP/2001|COMPLETECALLER|0|9|1",
            "w1|support|PJSIP/2001|ATTENDEDTRANSFER|BRIDGE|b|0|9|1",
        ),
    ),
    (67, "callers whose end is never written", ("n1|support|NONE|ENTERQUEUE||5550001111|1",)),
)
