"""A map or a timeline alone in a panel of the fake floor, and the hands that drive it."""

from typing import Generic, TypeVar

from msgspec import Struct
from textual.events import MouseScrollDown

from floorwatch.app.place_view import PlaceView
from floorwatch.views import View
from tests.app.screens import Seen

PANEL = "agents"
NUMBER = 3
Shown = TypeVar("Shown", bound=PlaceView)


class Hands(Struct, Generic[Shown]):
    """The widget on the dashboard, and who drives it."""

    found: Seen
    view: Shown

    async def put(self, view: View) -> None:
        """The panel shows this from now on."""
        self.found.desk.put(PANEL, view)
        await self.found.settle()

    def lines(self) -> list[str]:
        """What was really painted, which is not always what would be painted now."""
        return [strip.text.rstrip() for strip in self.view.render_lines(self.view.region.reset_offset)]

    def last_line(self) -> str:
        """The lowest line with anything on it: what is said of what the cursor is on."""
        return next(line.strip() for line in reversed(self.lines()) if line)

    async def keys_after(self, *presses: str) -> list[str | None]:
        """The key of what the cursor is on after each of these."""
        keys = []
        for key in presses:
            await self.found.press(key)
            keys.append(self.view.row_key)
        return keys

    async def click(self, x: int, y: int, times: int = 1) -> None:
        """Click there."""
        await self.found.pilot.click(self.view, offset=(x, y), times=times)
        await self.found.settle()

    async def wheel(self) -> None:
        """Turn the wheel down by one."""
        await self.found.pilot._post_mouse_events([MouseScrollDown], self.view)  # noqa: SLF001  # the pilot has no public wheel
        await self.found.settle()

    def reversed_texts(self, y: int) -> list[str]:
        """The pieces of a line that are reversed."""
        strip = self.view.render_lines(self.view.region.reset_offset)[y]
        return [segment.text for segment in strip if segment.style and segment.style.reverse]


async def hands_on(found: Seen, view: View, kind: type[Shown]) -> Hands[Shown]:
    """Show the view and give it the keys."""
    found.desk.put(PANEL, view)
    await found.settle()
    await found.press(str(NUMBER))
    holder = found.app.dashboard.frames[NUMBER - 1].holder
    assert isinstance(holder, kind)
    await found.until(lambda: holder.has_focus)
    await found.settle()
    return Hands(found, holder)
