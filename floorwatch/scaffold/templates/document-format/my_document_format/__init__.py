"""My document format: a roster with the columns date, who, from, to."""

from collections.abc import Sequence

from floorwatch.api import DocumentFormat, hookimpl

from .format import MyDocumentFormat

FLOORWATCH_API = "1"


@hookimpl
def floorwatch_document_formats() -> Sequence[DocumentFormat]:
    """The document formats of this plugin."""
    return [MyDocumentFormat()]
