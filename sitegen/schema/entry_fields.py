"""The fields that every entry may have, whatever its collection."""

from __future__ import annotations

from sitegen.schema.fields import Field, FieldType

MAX_TITLE_CHARACTERS = 200
MAX_DESCRIPTION_CHARACTERS = 400

TITLE = Field(
    name="title",
    type=FieldType.TEXT,
    doc="The title, as it stands above the page, in lists and in search results.",
    required=True,
    translatable=True,
    maximum_length=MAX_TITLE_CHARACTERS,
)
NAME = Field(
    name="name",
    type=FieldType.TEXT,
    doc="The name. It serves as the title of the page and in lists.",
    required=True,
    translatable=True,
    maximum_length=MAX_TITLE_CHARACTERS,
)
SUMMARY = Field(
    name="summary",
    type=FieldType.LONG_TEXT,
    doc="One to three sentences for cards and lists. Inline Markdown is allowed.",
    translatable=True,
    maximum_length=1_000,
)
LAGS = Field(
    name="lags",
    type=FieldType.REFERENCE,
    doc="Local Action Groups that this is about: the ids of their entries.",
    many=True,
    reference="lags",
)

_AFTER = (
    SUMMARY,
    Field(
        name="description",
        type=FieldType.TEXT,
        doc="One sentence for search engines and shared links. Without it the summary serves.",
        translatable=True,
        maximum_length=MAX_DESCRIPTION_CHARACTERS,
    ),
    Field(
        name="slug",
        type=FieldType.SLUG,
        doc="The last part of the address, instead of the file's name: one for all languages, or one for each "
        "(`{en: about-us, fi: meista}`).",
    ),
    Field(
        name="aliases",
        type=FieldType.URL,
        doc="Old addresses on this site that lead here, such as `/en/old-page/`. A page that sends readers on is made "
        "for each.",
        many=True,
    ),
    Field(
        name="draft",
        type=FieldType.BOOLEAN,
        doc="`true`: not published yet; only `--drafts` shows it.",
        default=False,
    ),
    Field(
        name="date",
        type=FieldType.DATE,
        doc="The day of publication. Before that day the entry is held back. A file name that begins with a date "
        "(`2027-03-05-call.md`) says it as well.",
    ),
    Field(name="updated", type=FieldType.DATE, doc="The day of the last change of substance, as told to readers."),
    Field(
        name="language",
        type=FieldType.LANGUAGE,
        doc="The language in which this record is written, where it is not the site's source language. A file says it "
        "in its name instead (`about.fi.md`).",
    ),
    Field(
        name="only_languages",
        type=FieldType.LANGUAGE,
        doc="The entry exists in these languages of the site alone, and no other language offers it.",
        many=True,
    ),
    Field(
        name="tags",
        type=FieldType.TEXT,
        doc="Keywords. Each has a page that lists its entries; translators see them once for the whole site.",
        many=True,
        translatable=True,
        maximum_length=60,
    ),
    Field(
        name="image",
        type=FieldType.FILE,
        doc="A picture at the top of the page, on cards and for shared links: a file below `content/media`.",
    ),
    Field(
        name="image_alt",
        type=FieldType.TEXT,
        doc="What the picture shows, for those who do not see it. Leave it out only where the picture tells nothing.",
        translatable=True,
        maximum_length=300,
    ),
    Field(name="toc", type=FieldType.BOOLEAN, doc="`true`: the page has a table of contents.", default=False),
    Field(
        name="template",
        type=FieldType.TEXT,
        doc="A template of the theme for this page alone, such as `landing.html`.",
        maximum_length=100,
    ),
    Field(
        name="funding",
        type=FieldType.REFERENCE,
        doc="Who paid for this: ids of funding entries. Their emblem, statement and disclaimer stand on the page.",
        many=True,
        reference="funding",
        reverse="funded",
    ),
    Field(
        name="noindex",
        type=FieldType.BOOLEAN,
        doc="`true`: search engines are asked to leave the page out.",
        default=False,
    ),
    Field(
        name="order",
        type=FieldType.INTEGER,
        doc="The place in lists: small numbers first; entries without a number follow.",
        minimum=-1_000_000,
        maximum=1_000_000,
    ),
    Field(
        name="source_digest",
        type=FieldType.TEXT,
        doc="In a file written by hand in another language: the state of the source that it translates. "
        "`sitegen i18n touch` writes it.",
        maximum_length=100,
    ),
)


def entry_fields(title: Field | None, *own: Field) -> tuple[Field, ...]:
    """The table of a collection: its title or name, its own fields, then the common ones that it does not redefine."""
    taken = {field.name for field in own}
    heading = () if title is None or title.name in taken else (title,)
    return (*heading, *own, *(field for field in _AFTER if field.name not in taken))


def file_with_text(name: str, doc: str) -> Field:
    """A list of files, each with a text: `[{file: logo.svg, title: …}]`, or just the names of the files."""
    return Field(
        name=name,
        type=FieldType.MAPPING,
        doc=doc,
        many=True,
        shorthand="file",
        fields=(
            Field(name="file", type=FieldType.FILE, doc="The file, below `content/media`.", required=True),
            Field(
                name="title",
                type=FieldType.TEXT,
                doc="What the file is called on the page; for a picture, what it shows.",
                translatable=True,
                maximum_length=300,
            ),
            Field(name="language", type=FieldType.LANGUAGE, doc="The language of the file, where it has one."),
        ),
    )
