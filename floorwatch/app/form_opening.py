"""One opening of a form: who fills it in, what it begins with, what stands fixed in it, what is kept of it.

Rules
- What stands fixed is of the moment of the first opening: a draft brings it along, whatever the floor did since.
- `doing` names what is entered with this form; sent again, also from its draft, nothing is entered twice.
"""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from floorwatch.app.drafts import Draft, Drafts
from floorwatch.app.fixed_words import Fixed
from floorwatch.app.form import beginnings, fields_of, words_for
from floorwatch.app.subject import Subject
from floorwatch.engine.desk import CommandEntry, Desk
from floorwatch.views import Field, FixedField


class Opening:
    """`asked` are the fields to fill in, `texts` what stands in all fields at first; `was_kept`: some of it was typed
    before and not sent."""

    def __init__(
        self, desk: Desk, entry: CommandEntry, subject: Subject, drafts: Drafts, values: Mapping[str, str]
    ) -> None:
        self.author = desk.me
        draft = drafts.of(self.author, entry.name, subject.row_key)
        self.doing = draft.doing if draft is not None and draft.doing else desk.new_doing()
        self.was_kept = draft is not None
        self.is_filled = False
        self._desk, self._entry, self._subject, self._drafts = desk, entry, subject, drafts
        self._values = values
        self._kept_fixed: Mapping[str, str] = {} if draft is None else draft.fixed
        fields = fields_of(entry.fields)
        self.asked = [field for field in fields if not isinstance(field, FixedField)]
        self._fixed = [field for field in fields if isinstance(field, FixedField)]
        self._began = beginnings(fields, values)
        self.texts = beginnings(fields, values, {} if draft is None else draft.typed)
        self._stand(self._began)

    @property
    def fixed(self) -> Sequence[Fixed]:
        """What stands fixed and says something, in words."""
        said = [Fixed(field.title, words_for(field, self._stands[field.name])) for field in self._fixed]
        return [each for each in said if each.words]

    def began(self, field: Field) -> str:
        """What stood in the field before anybody typed."""
        return self._began[field.name]

    def fill_in(self, found: Mapping[str, str]) -> None:
        """The command fills in its part, once."""
        self._began = beginnings([*self._fixed, *self.asked], found, self._values)
        self._stand(self._began)
        self.is_filled = True
        draft = self._draft
        if draft is not None and not self._kept_fixed:
            self._drafts.keep(replace(draft, fixed=dict(self._stands)))

    def filled(self, texts: Mapping[str, str]) -> dict[str, str]:
        """All that is sent with what stands in the fields."""
        return {**self._stands, **texts}

    def keep_changed(self, texts: Mapping[str, str]) -> None:
        """Keep what was typed; where nothing was, there is no draft."""
        changed = {name: text for name, text in texts.items() if text != self._began[name]}
        if changed:
            self.keep(changed)
        else:
            self.forget()

    def keep(self, typed: Mapping[str, str]) -> None:
        """Keep this, typed or not."""
        subject = self._subject
        self._drafts.keep(
            Draft(
                author=self.author,
                command=self._entry.name,
                row_key=subject.row_key,
                panel=subject.panel,
                words=subject.words,
                typed=dict(typed),
                fixed=dict(self._stands if self.is_filled else self._kept_fixed),
                doing=self.doing,
                at=self._desk.now(),
            )
        )

    def keep_unless_newer(self, typed: Mapping[str, str]) -> None:
        """Keep this of a form that is closed, unless somebody typed there again since."""
        if self._drafts.of(self.author, self._entry.name, self._subject.row_key) is None:
            self.keep(typed)

    def forget(self) -> None:
        """It was entered, or taken back."""
        self._drafts.forget(self.author, self._entry.name, self._subject.row_key)

    def rename(self) -> None:
        """What is kept of it was answered, though not done: sent again it is something new."""
        draft = self._draft
        if draft is not None:
            self._drafts.keep(replace(draft, doing=self._desk.new_doing()))

    @property
    def _draft(self) -> Draft | None:
        draft = self._drafts.of(self.author, self._entry.name, self._subject.row_key)
        return draft if draft is not None and draft.doing == self.doing else None

    def _stand(self, texts: Mapping[str, str]) -> None:
        self._stands = beginnings(self._fixed, texts, self._kept_fixed)
