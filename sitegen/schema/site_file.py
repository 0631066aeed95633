"""Field table of `site.yaml`, and the language in which a site declares fields and collections of its own."""

from __future__ import annotations

from sitegen.schema.fields import Field, FieldType

MAX_LANGUAGES = 100
DECLARATION_LEVELS = 3
MENU_LEVELS = 3
DECLARABLE_TYPES = tuple(kind.value for kind in FieldType if kind is not FieldType.NAMED)


def field_declaration(levels: int = DECLARATION_LEVELS) -> tuple[Field, ...]:
    """The fields of one declared field; `levels` of nested fields may follow."""
    declared = (
        Field(
            name="type",
            type=FieldType.CHOICE,
            doc="What the field holds.",
            choices=DECLARABLE_TYPES,
            required=True,
        ),
        Field(name="doc", type=FieldType.TEXT, doc="What it is for: one sentence for editors.", maximum_length=1_000),
        Field(name="many", type=FieldType.BOOLEAN, doc="`true`: a list of such values.", default=False),
        Field(name="required", type=FieldType.BOOLEAN, doc="`true`: every entry must have it.", default=False),
        Field(name="translatable", type=FieldType.BOOLEAN, doc="`true`: translators get its text.", default=False),
        Field(
            name="exact",
            type=FieldType.BOOLEAN,
            doc="`true`: a legal text, complete in every language or the build stops.",
            default=False,
        ),
        Field(name="private", type=FieldType.BOOLEAN, doc="`true`: never published.", default=False),
        Field(
            name="choices",
            type=FieldType.TEXT,
            doc="For `choice`: the values to choose from.",
            many=True,
            maximum_length=100,
        ),
        Field(name="reference", type=FieldType.TEXT, doc="For `reference`: the collection.", maximum_length=100),
        Field(
            name="reverse",
            type=FieldType.TEXT,
            doc="For `reference`: the name under which the other entry sees those that refer to it.",
            maximum_length=100,
        ),
        Field(
            name="item",
            type=FieldType.CHOICE,
            doc="For `language_map`: what it holds for each language.",
            choices=DECLARABLE_TYPES,
        ),
        Field(name="minimum", type=FieldType.NUMBER, doc="The smallest number allowed."),
        Field(name="maximum", type=FieldType.NUMBER, doc="The largest number allowed."),
        Field(
            name="maximum_length",
            type=FieldType.INTEGER,
            doc="The greatest length of a text, in characters.",
            minimum=1,
            maximum=100_000,
        ),
        Field(
            name="unit",
            type=FieldType.TEXT,
            doc="The unit of a number: a CLDR unit such as `hectare`.",
            maximum_length=60,
        ),
        Field(name="default", type=FieldType.ANY, doc="What holds where nothing is given."),
    )
    if levels <= 1:
        return declared
    nested = Field(
        name="fields",
        type=FieldType.NAMED,
        doc="For `mapping`: its own fields, declared likewise.",
        shorthand="type",
        fields=field_declaration(levels - 1),
    )
    return (*declared, nested)


def _menu_item(levels: int = MENU_LEVELS) -> tuple[Field, ...]:
    item = (
        Field(name="entry", type=FieldType.REFERENCE, doc="The id of an entry, such as `pages/about`."),
        Field(name="collection", type=FieldType.TEXT, doc="The list page of a collection.", maximum_length=100),
        Field(name="url", type=FieldType.URL, doc="Any other address."),
        Field(
            name="title",
            type=FieldType.TEXT,
            doc="The label, instead of the title of what it leads to.",
            translatable=True,
            maximum_length=100,
        ),
    )
    if levels <= 1:
        return item
    children = Field(
        name="children",
        type=FieldType.MAPPING,
        doc="Items below this one.",
        many=True,
        shorthand="entry",
        fields=_menu_item(levels - 1),
    )
    return (*item, children)


LANGUAGE_FIELDS = (
    Field(name="tag", type=FieldType.LANGUAGE, doc="The BCP 47 tag: `fi`, `pl`, `sr-Latn`.", required=True),
    Field(name="path", type=FieldType.SLUG, doc="The folder in addresses. Without it, the tag in small letters."),
    Field(
        name="name",
        type=FieldType.TEXT,
        doc="The language's name in itself. Without it, the one that CLDR knows.",
        maximum_length=60,
    ),
    Field(
        name="fallback",
        type=FieldType.LANGUAGE,
        doc="Languages whose text stands in where this one has none, before the source language.",
        many=True,
    ),
    Field(
        name="derived_from",
        type=FieldType.LANGUAGE,
        doc="The language of which this one is another script: `sr-Latn` is derived from `sr-Cyrl`.",
    ),
    Field(
        name="threshold",
        type=FieldType.NUMBER,
        doc="The share of a page that must be translated before search engines see it, 0 to 1.",
        minimum=0,
        maximum=1,
    ),
)
COLLECTION_FIELDS = (
    Field(name="title", type=FieldType.TEXT, doc="The title of its list page.", translatable=True, maximum_length=100),
    Field(
        name="description",
        type=FieldType.TEXT,
        doc="One sentence below the title, also for search engines.",
        translatable=True,
        maximum_length=400,
    ),
    Field(name="doc", type=FieldType.TEXT, doc="What the collection is for, told to editors.", maximum_length=1_000),
    Field(
        name="path",
        type=FieldType.SLUG,
        doc="The first part of its addresses: one for all languages, or one for each (`{en: news, fi: uutiset}`).",
    ),
    Field(name="publish", type=FieldType.BOOLEAN, doc="`true`: each entry has a page of its own."),
    Field(name="listed", type=FieldType.BOOLEAN, doc="`true`: there is a page that lists its entries."),
    Field(
        name="page_size",
        type=FieldType.INTEGER,
        doc="How many entries stand on one page of the list.",
        minimum=1,
        maximum=10_000,
    ),
    Field(
        name="sort",
        type=FieldType.TEXT,
        doc="The field by which the list is sorted, `-` in front for the reverse (`-date`). Without it, by title.",
        maximum_length=60,
    ),
    Field(name="feed", type=FieldType.BOOLEAN, doc="`true`: its entries stand in the Atom feed."),
    Field(
        name="funding",
        type=FieldType.REFERENCE,
        doc="Who paid for all of its entries: ids of funding entries.",
        many=True,
        reference="funding",
    ),
    Field(name="data_export", type=FieldType.BOOLEAN, doc="`true`: its entries are offered as open data."),
    Field(
        name="fields",
        type=FieldType.NAMED,
        doc="Fields of your own, beside the built-in ones: name → declaration, or just the type (`size: number`).",
        shorthand="type",
        fields=field_declaration(),
    ),
)
_CONTACT = (
    Field(name="name", type=FieldType.TEXT, doc="Who publishes the site.", maximum_length=200),
    Field(name="email", type=FieldType.EMAIL, doc="The e-mail address for the public."),
    Field(name="phone", type=FieldType.PHONE, doc="The telephone number, best with its country code."),
    Field(name="address", type=FieldType.TEXT, doc="The postal address.", translatable=True, maximum_length=300),
    Field(name="url", type=FieldType.URL, doc="The publisher's own website."),
    Field(name="social", type=FieldType.URL, doc="Pages in social media.", many=True),
)
_TRANSLATE = (
    Field(
        name="threshold",
        type=FieldType.NUMBER,
        doc="The share of a page that must be translated before search engines see it, 0 to 1.",
        minimum=0,
        maximum=1,
        default=0.5,
    ),
    Field(name="help", type=FieldType.URL, doc="A page for volunteers: the id of an entry, or an address."),
    Field(name="email", type=FieldType.EMAIL, doc="Where to send translations."),
    Field(name="repository", type=FieldType.URL, doc="Where the sources are kept."),
    Field(
        name="status_page",
        type=FieldType.BOOLEAN,
        doc="Whether each language has a page that shows volunteers how far it is translated and what to do next. "
        "By default it has one where the site has catalogues of more than one language.",
    ),
)
_THEME = (
    Field(name="name", type=FieldType.TEXT, doc="A folder below `themes/`, or a built-in theme.", default="network"),
    Field(name="options", type=FieldType.ANY, doc="What the theme lets you set; its `theme.yaml` lists it."),
)

SITE_FIELDS = (
    Field(
        name="title",
        type=FieldType.TEXT,
        doc="The name of the site.",
        required=True,
        translatable=True,
        maximum_length=100,
    ),
    Field(
        name="description",
        type=FieldType.TEXT,
        doc="One sentence about the site, for search engines and shared links.",
        translatable=True,
        maximum_length=400,
    ),
    Field(
        name="url",
        type=FieldType.URL,
        doc="Where the site will be: `https://network.example/`, or a path such as `/network/`.",
        default="/",
    ),
    Field(
        name="languages",
        type=FieldType.MAPPING,
        doc="The languages of the site, in the order of the language menu: tags, or mappings.",
        many=True,
        required=True,
        shorthand="tag",
        fields=LANGUAGE_FIELDS,
    ),
    Field(
        name="source_language",
        type=FieldType.LANGUAGE,
        doc="The language in which most pages are written. Without it, the first one.",
    ),
    Field(
        name="prefix_source_language",
        type=FieldType.BOOLEAN,
        doc="`false`: pages in the source language stand at the root, without a folder of their own.",
        default=True,
    ),
    Field(name="timezone", type=FieldType.TIMEZONE, doc="The time zone of dates and times.", default="UTC"),
    Field(
        name="theme",
        type=FieldType.MAPPING,
        doc="The theme: its name, or name and options.",
        shorthand="name",
        fields=_THEME,
    ),
    Field(
        name="menus",
        type=FieldType.NAMED,
        doc="Menus by name (`main`, `footer`): lists of ids of entries, or mappings.",
        many=True,
        shorthand="entry",
        fields=_menu_item(),
    ),
    Field(
        name="collections",
        type=FieldType.NAMED,
        doc="Built-in collections with what is different here, and collections of your own with their fields.",
        fields=COLLECTION_FIELDS,
    ),
    Field(
        name="funding",
        type=FieldType.REFERENCE,
        doc="Who paid for the whole site: ids of funding entries.",
        many=True,
        reference="funding",
    ),
    Field(name="contact", type=FieldType.MAPPING, doc="Who publishes the site.", fields=_CONTACT),
    Field(name="translate", type=FieldType.MAPPING, doc="Help for volunteers who translate.", fields=_TRANSLATE),
    Field(
        name="search",
        type=FieldType.BOOLEAN,
        doc="`false`: no search page, no search box and no index.",
        default=True,
    ),
    Field(
        name="output",
        type=FieldType.TEXT,
        doc="The folder for the finished site, within the site's own.",
        default="public",
    ),
    Field(
        name="notice",
        type=FieldType.LONG_TEXT,
        doc="A notice in the footer of every page.",
        translatable=True,
        maximum_length=1_000,
    ),
)
