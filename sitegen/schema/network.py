"""Field tables of a network: its Local Action Groups, partners, people and the principles that they share."""

from __future__ import annotations

from sitegen.schema.entry_fields import NAME, entry_fields
from sitegen.schema.fields import Field, FieldType, Schema

_COUNTRY = Field(
    name="country",
    type=FieldType.COUNTRY,
    doc="The country: two capital letters (ISO 3166-1), such as `FI`, `PL`, `RS`; `XK` for Kosovo.",
)
_EMAIL = Field(name="email", type=FieldType.EMAIL, doc="The e-mail address for the public.")
_PHONE = Field(name="phone", type=FieldType.PHONE, doc="The telephone number, best with its country code.")
_WEBSITE = Field(name="website", type=FieldType.URL, doc="The address of its own website.")
_PROGRAMME_PERIOD = Field(
    name="period",
    type=FieldType.PERIOD,
    doc="The years that it covers: `2021-2027`, or `{start: …, end: …}`.",
)


def _text(name: str, doc: str, maximum: int = 200, *, many: bool = False, translatable: bool = True) -> Field:
    return Field(name=name, type=FieldType.TEXT, doc=doc, many=many, translatable=translatable, maximum_length=maximum)


def _long_text(name: str, doc: str, maximum: int = 5_000, *, many: bool = False) -> Field:
    return Field(name=name, type=FieldType.LONG_TEXT, doc=doc, many=many, translatable=True, maximum_length=maximum)


_MUNICIPALITIES = Field(
    name="municipalities",
    type=FieldType.MAPPING,
    doc="The municipalities of the area: their names, or `{name: …, code: …}`.",
    many=True,
    shorthand="name",
    fields=(
        Field(
            name="name",
            type=FieldType.TEXT,
            doc="The name of the municipality.",
            required=True,
            translatable=True,
            maximum_length=100,
        ),
        _text("code", "Its official code.", 30, translatable=False),
    ),
)
_STRATEGY = Field(
    name="strategy",
    type=FieldType.MAPPING,
    doc="The local development strategy.",
    fields=(
        _text("title", "Its title."),
        _PROGRAMME_PERIOD,
        _long_text("goals", "Its goals, one in each item.", 1_000, many=True),
        Field(name="file", type=FieldType.FILE, doc="The whole strategy: a file below `content/media`."),
        Field(
            name="files",
            type=FieldType.LANGUAGE_MAP,
            item=FieldType.FILE,
            doc="The whole strategy in several languages: `{fi: strategia.pdf, en: strategy.pdf}`.",
        ),
    ),
)
_BUDGET = Field(
    name="budget",
    type=FieldType.MAPPING,
    doc="The money for the strategy, one item for each fund.",
    many=True,
    fields=(
        _text("fund", "The fund, such as `EAFRD`, `ERDF`, `ESF+`.", 100, translatable=False),
        Field(name="amount", type=FieldType.MONEY, doc="How much: `1200000 EUR`.", required=True),
    ),
)
_COOPERATION = Field(
    name="cooperation",
    type=FieldType.MAPPING,
    doc="Cooperation with other groups.",
    fields=(
        Field(name="seeking", type=FieldType.BOOLEAN, doc="`true`: the group looks for partners.", default=False),
        _long_text("wish", "What partners it looks for, and for what.", 2_000),
        _long_text("offer", "What it offers to partners.", 2_000),
    ),
)

LAGS = Schema(
    name="lags",
    doc="Local Action Groups (LEADER, community-led local development).",
    fields=entry_fields(
        NAME,
        _text("short_name", "A short form of the name for maps and narrow places.", 60),
        Field(
            name="status",
            type=FieldType.CHOICE,
            doc="`potential`: not accredited yet; `accredited`; `former`: it does not exist any more.",
            choices=("potential", "accredited", "former"),
        ),
        _text("code", "Its official code.", 50, translatable=False),
        _COUNTRY,
        _text("region", "The region, as its inhabitants call it."),
        _text("nuts", "The code of the region in the NUTS classification, such as `FI193`.", 10, translatable=False),
        _MUNICIPALITIES,
        Field(
            name="population", type=FieldType.INTEGER, doc="How many people live in the area.", minimum=0, maximum=1e9
        ),
        Field(
            name="area_km2",
            type=FieldType.NUMBER,
            doc="How large the area is.",
            minimum=0,
            maximum=1e7,
            unit="square-kilometer",
        ),
        Field(name="founded", type=FieldType.INTEGER, doc="The year of foundation.", minimum=1000, maximum=2999),
        _text("legal_form", "The legal form, such as registered association."),
        _text("address", "The postal address, on one line.", 300),
        Field(
            name="location",
            type=FieldType.COORDINATES,
            doc="Where the office is, for the map: `{lon: 25.7, lat: 62.2}` (WGS 84).",
        ),
        _EMAIL,
        _PHONE,
        _WEBSITE,
        Field(name="social", type=FieldType.URL, doc="Addresses of its pages in social media.", many=True),
        _text("themes", "What its strategy is about. Visitors can filter by it.", 100, many=True),
        _STRATEGY,
        _BUDGET,
        _COOPERATION,
        Field(name="validated", type=FieldType.DATE, doc="The day on which the group confirmed these facts."),
        _text("source", "Where these facts come from.", 300, translatable=False),
    ),
)
PARTNERS = Schema(
    name="partners",
    doc="Organisations that take part or help, with their logos.",
    fields=entry_fields(
        NAME,
        _text("role", "What it does here: lead, implementing partner, funder."),
        _COUNTRY,
        _WEBSITE,
        _EMAIL,
        Field(name="logo", type=FieldType.FILE, doc="Its logo: a file below `content/media`."),
        _text("logo_alt", "What the logo says, where that differs from the name.", 300),
    ),
)
PEOPLE = Schema(
    name="people",
    doc="Board and staff. Publish a person only with their consent.",
    fields=entry_fields(
        NAME,
        _text("role", "What the person does here: chair, manager, adviser."),
        _text("organisation", "The organisation for which the person works."),
        Field(
            name="lag",
            type=FieldType.REFERENCE,
            doc="The Local Action Group for which the person works: the id of its entry.",
            reference="lags",
            reverse="people",
        ),
        _EMAIL,
        _PHONE,
        Field(name="photo", type=FieldType.FILE, doc="A portrait: a file below `content/media`."),
        _text("photo_alt", "What the portrait shows, where that tells more than the name.", 300),
        Field(name="languages", type=FieldType.LANGUAGE, doc="Languages that the person speaks.", many=True),
        Field(
            name="consent",
            type=FieldType.DATE,
            doc="The day on which the person agreed to be named here. Never published.",
            private=True,
        ),
    ),
)
PRINCIPLES = Schema(
    name="principles",
    doc="The principles that the network shares: names, order and count are data.",
    fields=entry_fields(
        NAME,
        _text("icon", "The name of an icon of the theme.", 50, translatable=False),
    ),
)
