"""Field tables of what a network does: projects, calls for applications, events."""

from __future__ import annotations

from sitegen.schema.editorial import ATTACHMENTS
from sitegen.schema.entry_fields import TITLE, entry_fields, file_with_text
from sitegen.schema.fields import Field, FieldType, Schema


def _text(name: str, doc: str, maximum: int = 200, *, many: bool = False, translatable: bool = True) -> Field:
    return Field(name=name, type=FieldType.TEXT, doc=doc, many=many, translatable=translatable, maximum_length=maximum)


def _long_text(name: str, doc: str, maximum: int = 10_000) -> Field:
    return Field(name=name, type=FieldType.LONG_TEXT, doc=doc, translatable=True, maximum_length=maximum)


def _references(name: str, doc: str, reference: str, reverse: str, *, many: bool = True) -> Field:
    return Field(name=name, type=FieldType.REFERENCE, doc=doc, many=many, reference=reference, reverse=reverse)


_LAGS_DOC = "Local Action Groups that take part: the ids of their entries."
_TIMEZONE = Field(
    name="timezone",
    type=FieldType.TIMEZONE,
    doc="The time zone of its times, such as `Europe/Belgrade`. Without it the site's own holds.",
)

PROJECTS = Schema(
    name="projects",
    doc="Projects with their aims, results and funding. Funders of the EU require a short description of each.",
    fields=entry_fields(
        TITLE,
        _text("acronym", "The project's short name.", 60),
        _long_text("aims", "What the project wants to reach."),
        _long_text("results", "What it has reached."),
        _references(
            "lead", "The organisation that leads it: the id of a partner.", "partners", "led_projects", many=False
        ),
        _references(
            "lead_lag", "The Local Action Group that leads it: the id of its entry.", "lags", "led_projects", many=False
        ),
        _references("partners", "Organisations that take part: the ids of partners.", "partners", "projects"),
        _references("lags", _LAGS_DOC, "lags", "projects"),
        Field(name="start", type=FieldType.DATE, doc="The first day."),
        Field(name="end", type=FieldType.DATE, doc="The last day."),
        Field(
            name="status",
            type=FieldType.CHOICE,
            doc="How far it is. Without it, `start` and `end` tell.",
            choices=("planned", "running", "finished"),
        ),
        _text("location", "Where it takes place."),
        _text("target_groups", "For whom it is, one group in each item.", 300, many=True),
        Field(
            name="total",
            type=FieldType.MONEY,
            doc="What it costs in all: `21620 USD`, or `{amount: 21620, currency: USD}`.",
        ),
        file_with_text("images", "Pictures of the project; `title` says what each shows."),
        Field(
            name="good_practice",
            type=FieldType.BOOLEAN,
            doc="`true`: it is shown among the good practices.",
            default=False,
        ),
        Field(name="website", type=FieldType.URL, doc="The address of its own website."),
    ),
)
CALLS = Schema(
    name="calls",
    doc="Calls for applications. Whether one is open follows from `opens` and `closes` on the day of reading.",
    fields=entry_fields(
        TITLE,
        _text("number", "The official number of the call.", 60, translatable=False),
        _text("issuer", "Who opens the call."),
        _text("fund", "The fund from which the money comes, such as `EAFRD`.", 100, translatable=False),
        Field(
            name="opens",
            type=FieldType.DATETIME,
            doc="From when on applications are taken: `2027-03-05` or `2027-03-05 09:00`.",
        ),
        Field(
            name="closes", type=FieldType.DATETIME, doc="Until when: `2027-04-30 16:00`; a day alone counts to its end."
        ),
        _TIMEZONE,
        Field(name="budget", type=FieldType.MONEY, doc="How much there is in all: `150000 EUR`."),
        Field(name="min", type=FieldType.MONEY, doc="The smallest grant."),
        Field(name="max", type=FieldType.MONEY, doc="The largest grant."),
        Field(
            name="rate",
            type=FieldType.NUMBER,
            doc="The share of the costs that is paid.",
            minimum=0,
            maximum=100,
            unit="percent",
        ),
        _long_text("eligible", "Who may apply, and for what."),
        _long_text("criteria", "By what the applications are judged."),
        ATTACHMENTS,
        Field(
            name="contact",
            type=FieldType.MAPPING,
            doc="Who answers questions.",
            shorthand="name",
            fields=(
                _text("name", "Name of the person or the office."),
                Field(name="email", type=FieldType.EMAIL, doc="E-mail address."),
                Field(name="phone", type=FieldType.PHONE, doc="Telephone number."),
            ),
        ),
        _long_text("results", "Who was chosen, once that is known."),
        Field(name="website", type=FieldType.URL, doc="Where to apply, or the official text of the call."),
        _references("lags", _LAGS_DOC, "lags", "calls"),
    ),
)
EVENTS = Schema(
    name="events",
    doc="Events, each with a file for calendars.",
    fields=entry_fields(
        TITLE,
        Field(
            name="start",
            type=FieldType.DATETIME,
            doc="When it begins: `2027-05-09`, or `2027-05-09 10:00`.",
            required=True,
        ),
        Field(name="end", type=FieldType.DATETIME, doc="When it ends."),
        _TIMEZONE,
        Field(name="all_day", type=FieldType.BOOLEAN, doc="`true`: it takes the whole day or days.", default=False),
        _text("venue", "Where it takes place, with the address.", 300),
        Field(name="location", type=FieldType.COORDINATES, doc="The place on the map: `{lon: 25.7, lat: 62.2}`."),
        Field(name="online_url", type=FieldType.URL, doc="Where to take part online."),
        _text("organiser", "Who organises it."),
        Field(name="languages", type=FieldType.LANGUAGE, doc="Languages spoken there.", many=True),
        Field(name="registration_deadline", type=FieldType.DATETIME, doc="Until when to register."),
        Field(name="registration_url", type=FieldType.URL, doc="Where to register."),
        ATTACHMENTS,
        _references("lags", _LAGS_DOC, "lags", "events"),
    ),
)
