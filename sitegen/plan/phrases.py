"""The few phrases that sitegen itself puts on pages, whatever the theme: themes' catalogues translate them."""

from __future__ import annotations

TOPICS = "Topics"
NOT_FOUND = "Page not found"
SEARCH = "Search"
TRANSLATION_STATUS = "State of the translation"
MENUS_AND_TITLES = "Menus and titles"
TRANSLATE_SITE = "Translate this site"

GROUP_STATES = {"potential": "Potential", "accredited": "Accredited", "former": "Former"}
"""States of a group, with the message context `group`; the theme's own templates say them, too."""

PHRASES = (TOPICS, NOT_FOUND, SEARCH, TRANSLATION_STATUS, MENUS_AND_TITLES, TRANSLATE_SITE)
