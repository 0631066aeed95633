"""What volunteers without any tools translate in their browser: every catalogue as an update would leave it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from sitegen.problems import Problems

FORMAT = 1
"""Version of the shape of `catalogue.json`; its script refuses others."""


def workbench_catalogues(root: Path, date: dt.date) -> dict[str, bytes]:
    """Language tag → the JSON of its workbench, for each language that has something to translate.

    `date`: the day of the build, which dates catalogues that are not there yet.

    Drafts are in it, so that nothing of a catalogue is lost on its way. A derived language follows its base and has
    none. Mistakes of the sources are left to the build, which tells them.
    """
    from sitegen.locales.language import direction
    from sitegen.translate.workbench import workbench_catalogue
    from sitegen.translation.checking import load_glossary
    from sitegen.translation.messages import collect_messages
    from sitegen.translation.updates import updated_catalogues

    problems = Problems()
    messages = collect_messages(root, problems)
    if messages is None or problems.errors:
        return {}
    moment = dt.datetime.combine(date, dt.time(), dt.UTC)
    glossary = load_glossary(messages, Problems())
    names = {language.tag: language for language in messages.config.languages}
    found: dict[str, list[dict[str, Any]]] = {}
    for file in updated_catalogues(messages, Problems(), moment):
        if names[file.language].derived_from is None:
            source = messages.domain_sources[file.domain]
            catalogue = workbench_catalogue(
                file.result.po,
                language=file.language,
                domain=file.domain,
                source_language=source,
                glossary=glossary if file.domain != "ui" else None,
            )
            found.setdefault(file.language, []).append(catalogue | {"sourceDir": direction(source)})
    settings = messages.config.translate
    return {
        tag: json.dumps(
            {
                "format": FORMAT,
                "language": tag,
                "dir": direction(tag),
                "email": settings.email,
                "repository": settings.repository,
                "catalogues": catalogues,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode("utf-8")
        for tag, catalogues in found.items()
    }
