"""Field table of funding: who paid, under which rules, and which words the law demands for it."""

from __future__ import annotations

from sitegen.schema.entry_fields import entry_fields
from sitegen.schema.fields import Field, FieldType, Schema

REGIMES = ("mff2021", "eafrd2014", "external2014", "interreg", "erasmus", "national")
KINDS = ("funded", "co_funded", "assistance")


def _text(name: str, doc: str, maximum: int = 300, *, translatable: bool = True) -> Field:
    return Field(name=name, type=FieldType.TEXT, doc=doc, translatable=translatable, maximum_length=maximum)


def _exact(name: str, doc: str) -> Field:
    """A legal text: complete in every language, or the build stops."""
    return Field(name=name, type=FieldType.LONG_TEXT, doc=doc, translatable=True, exact=True, maximum_length=3_000)


FUNDING = Schema(
    name="funding",
    doc="Funding, for the emblem, the statement and the disclaimer that the funder's rules demand. Entries, "
    "collections and the whole site name it in their `funding`.",
    fields=tuple(
        field
        for field in entry_fields(
            None,
            _text("title", "A name for lists, where the programme alone is not enough."),
            Field(
                name="regime",
                type=FieldType.CHOICE,
                doc="The rules that hold: `mff2021` (EU programmes 2021-2027), `eafrd2014` (rural development "
                "2014-2020), `external2014` (external action), `interreg`, `erasmus`, `national`.",
                required=True,
                choices=REGIMES,
            ),
            Field(
                name="kind",
                type=FieldType.CHOICE,
                doc="`funded` or `co_funded` by the European Union, or made with its `assistance`. It "
                "chooses the statement.",
                choices=KINDS,
            ),
            _text("programme", "The programme."),
            _text("measure", "The measure or sub-measure."),
            Field(
                name="funds",
                type=FieldType.TEXT,
                doc="The funds, such as `EAFRD`, `ERDF`, `ESF+`.",
                many=True,
                maximum_length=100,
            ),
            Field(name="period", type=FieldType.PERIOD, doc="The programme period: `2021-2027`."),
            _text("grant_number", "The number of the grant.", 100, translatable=False),
            Field(name="amount", type=FieldType.MONEY, doc="What this funder pays: `21620 USD`."),
            Field(name="total", type=FieldType.MONEY, doc="What the funded thing costs in all."),
            Field(
                name="rate", type=FieldType.NUMBER, doc="The funder's share.", minimum=0, maximum=100, unit="percent"
            ),
            Field(
                name="granting_authority",
                type=FieldType.MAPPING,
                doc="The body that gives the grant; the disclaimer names it.",
                shorthand="name",
                fields=(
                    _text("name", "Its name, in the grammatical form that the disclaimer needs."),
                    _text("key", "Built-in name, such as `eacea`.", 50, translatable=False),
                ),
            ),
            _text("implementing_partner", "The body that carries the programme out for the funder."),
            _text("responsible_name", "Whoever answers for the contents; the disclaimer names it."),
            _text(
                "disclaimer",
                "The key of a built-in disclaimer, such as `disclaimer_2021` or `assistance`.",
                100,
                translatable=False,
            ),
            _exact("disclaimer_text", "A disclaimer of your own, word for word as the funder prescribes it."),
            Field(
                name="disclaimer_language",
                type=FieldType.LANGUAGE,
                doc="The only language in which the funder prescribes the disclaimer. Readers of the others see it in "
                "this language, with a note.",
            ),
            _exact("statement_text", "A statement of your own, where no built-in one fits (national funds)."),
            Field(
                name="emblem", type=FieldType.BOOLEAN, doc="`false`: the emblem of the EU is not shown.", default=True
            ),
            Field(
                name="slogan",
                type=FieldType.BOOLEAN,
                doc="`true`: the slogan of the fund is shown (rural development 2014-2020).",
                default=False,
            ),
            Field(
                name="expected_results",
                type=FieldType.LONG_TEXT,
                doc="What the support is to bring about.",
                translatable=True,
                maximum_length=3_000,
            ),
            Field(
                name="logos",
                type=FieldType.MAPPING,
                doc="Logos beside the emblem, in the order that the funder prescribes.",
                many=True,
                shorthand="file",
                fields=(
                    Field(name="file", type=FieldType.FILE, doc="The logo, below `content/media`.", required=True),
                    _text("name", "Whose logo it is."),
                    _text("alt", "What the logo says, where that differs from the name."),
                    Field(name="url", type=FieldType.URL, doc="Where the logo leads."),
                ),
            ),
            Field(
                name="footnotes",
                type=FieldType.CHOICE,
                doc="Prescribed footnotes: `kosovo`.",
                many=True,
                choices=("kosovo",),
            ),
            _exact(
                "footnote_text",
                "A footnote of your own instead of the built-in one, word for word, such as the footnote on Kosovo in "
                "a language in which none is built in.",
            ),
            Field(name="status", type=FieldType.CHOICE, doc="`active` or `closed`.", choices=("active", "closed")),
            Field(name="show_until", type=FieldType.DATE, doc="The last day on which the block must be shown."),
        )
        if field.name != "funding"
    ),
)
