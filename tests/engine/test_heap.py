"""How many heaps the C library keeps for a process, and what of them goes back: asked of the library itself."""

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE_SECONDS

PROGRAM = """
import ctypes, sys, threading
from floorwatch.engine.heap import give_back, keep_together

def private():
    with open("/proc/self/smaps_rollup") as file:
        return sum(int(line.split()[1]) for line in file if line.startswith("Private"))

def work():
    kept = [bytearray(10_000) for _ in range(2_000)]
    done.wait()

if sys.argv[1] == "together":
    keep_together()
done = threading.Barrier(5)
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
at_most = private()
done.wait()
for thread in threads:
    thread.join()
give_back()
c = ctypes.CDLL(None)
c.fopen.restype = ctypes.c_void_p
file = ctypes.c_void_p(c.fopen(sys.argv[2].encode(), b"w"))
c.malloc_info(0, file)
c.fclose(file)
print(private() < at_most)
"""

pytestmark = pytest.mark.skipif(
    not (hasattr(ctypes.CDLL(None), "mallopt") and hasattr(ctypes.CDLL(None), "malloc_info")), reason="not glibc"
)


@pytest.mark.parametrize(("how", "least", "most"), [("together", 1, 1), ("as it comes", 2, 5)])
def test_threads_share_one_heap_and_what_they_let_go_of_goes_back(
    how: str, least: int, most: int, tmp_path: Path
) -> None:
    told = tmp_path / "heaps.xml"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, how, str(told)],
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert (done.stderr, done.stdout) == ("", "True\n")
    assert least <= told.read_text().count("<heap nr=") <= most
