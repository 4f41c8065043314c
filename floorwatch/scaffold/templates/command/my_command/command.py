"""Hand a break to a person: who, how long, and a word about it."""

from collections.abc import Mapping, Sequence

from floorwatch.api import (
    ChoiceField,
    Field,
    Happened,
    Option,
    Outcome,
    PersonField,
    Prefilled,
    Request,
    TextField,
    Toast,
    _,
    events,
)


class MyCommand(Prefilled):
    """In the palette, in the menu of an agent's row, and on the command line."""

    name = "my-command"
    title = "My command"
    rows = ("agent",)
    cli = True

    @property
    def parameters(self) -> Sequence[Field]:
        """The fields of its form."""
        lengths = (Option("5"), Option("10"), Option("30", _("30, a meal")))
        return (
            PersonField(name="person", title=_("who")),
            ChoiceField(name="minutes", title=_("minutes"), options=lengths, default="10"),
            TextField(name="note", title=_("note"), required=False, longest=80),
        )

    def prefill(self, request: Request) -> Mapping[str, str]:
        """The agent under the cursor, if there is one."""
        agent = request.subject("agent")
        return {"person": agent} if agent else {}

    def run(self, request: Request) -> Sequence[Outcome]:
        """What shall happen. What is kept can be read as floor.custom["my-command"][agent]."""
        person, minutes = request.text("person"), int(request.text("minutes"))
        kept = {"minutes": minutes, "until": request.floor.at + minutes * 60, "note": request.text("note")}
        agent = request.floor.agents.get(person)
        name = agent.name if agent else person
        return [
            Happened(events.Custom(request.floor.at, "my-command", person, kept)),
            Toast(_("{name} has a break of {n} minutes.").format(name=name, n=minutes)),
        ]
