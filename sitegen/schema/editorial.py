"""Field tables of what editors write and file: pages, news, questions and answers, documents, publications."""

from __future__ import annotations

from sitegen.schema.entry_fields import LAGS, TITLE, entry_fields, file_with_text
from sitegen.schema.fields import Field, FieldType, Schema


def _lags(reverse: str) -> Field:
    return Field(name=LAGS.name, type=LAGS.type, doc=LAGS.doc, many=True, reference="lags", reverse=reverse)


def _projects(reverse: str) -> Field:
    return Field(
        name="projects",
        type=FieldType.REFERENCE,
        doc="Projects that this is about: the ids of their entries.",
        many=True,
        reference="projects",
        reverse=reverse,
    )


_FILES = Field(
    name="files",
    type=FieldType.LANGUAGE_MAP,
    item=FieldType.FILE,
    doc="The file in each language that it exists in: `{sr-Cyrl: statut.pdf, en: statute.pdf}`, below `content/media`.",
)
_FILE = Field(name="file", type=FieldType.FILE, doc="The file, below `content/media`, where there is only one.")

PAGES = Schema(
    name="pages",
    doc="Pages that stand on their own: about, contact, privacy. `index` is the home page.",
    fields=entry_fields(TITLE),
)
NEWS = Schema(
    name="news",
    doc="News, newest first, with a feed in each language.",
    fields=entry_fields(
        TITLE,
        Field(
            name="authors",
            type=FieldType.TEXT,
            doc="Who wrote it.",
            many=True,
            translatable=True,
            maximum_length=200,
        ),
        _lags("news"),
        _projects("news"),
    ),
)
FAQ = Schema(
    name="faq",
    doc="Questions and answers. The title is the question; the answer is a field or the body of the file.",
    fields=entry_fields(
        TITLE,
        Field(
            name="answer",
            type=FieldType.LONG_TEXT,
            doc="The answer, in a few sentences. Inline Markdown is allowed.",
            translatable=True,
            maximum_length=5_000,
        ),
        Field(
            name="topic",
            type=FieldType.TEXT,
            doc="The heading under which the question stands.",
            translatable=True,
            maximum_length=100,
        ),
    ),
)
DOCUMENTS = Schema(
    name="documents",
    doc="Documents of the organisation: statute, strategy, rulebooks, minutes.",
    fields=entry_fields(
        TITLE,
        Field(
            name="type",
            type=FieldType.CHOICE,
            doc="What kind of document it is.",
            choices=("statute", "strategy", "rulebook", "minutes", "report", "plan", "decision", "form", "other"),
        ),
        _FILE,
        _FILES,
        Field(name="number", type=FieldType.TEXT, doc="The reference number of the document.", maximum_length=100),
        Field(name="adopted", type=FieldType.DATE, doc="The day on which it was adopted."),
        Field(name="valid", type=FieldType.PERIOD, doc="From when until when it is in force."),
        _lags("documents"),
    ),
)
PUBLICATIONS = Schema(
    name="publications",
    doc="Publications and good practices: what has been written down and is worth reading.",
    fields=entry_fields(
        TITLE,
        Field(
            name="type",
            type=FieldType.CHOICE,
            doc="What kind of publication it is.",
            choices=("book", "brochure", "leaflet", "report", "study", "guide", "newsletter", "film", "other"),
        ),
        Field(
            name="authors",
            type=FieldType.TEXT,
            doc="Who wrote it.",
            many=True,
            translatable=True,
            maximum_length=200,
        ),
        Field(
            name="publisher",
            type=FieldType.TEXT,
            doc="Who published it.",
            translatable=True,
            maximum_length=200,
        ),
        _FILE,
        _FILES,
        Field(name="website", type=FieldType.URL, doc="Where the publication can be read or ordered."),
        Field(name="isbn", type=FieldType.TEXT, doc="The ISBN, with or without hyphens.", maximum_length=20),
        Field(
            name="licence",
            type=FieldType.TEXT,
            doc="The licence, best as an SPDX name such as `CC-BY-4.0`.",
            maximum_length=100,
        ),
        Field(name="period", type=FieldType.PERIOD, doc="The time that the publication is about, such as `2014-2020`."),
        _lags("publications"),
        _projects("publications"),
    ),
)
ATTACHMENTS = file_with_text("attachments", "Files that belong to this: forms, rules, minutes.")
