"""The catalogues of the workload: source and translation of every segment, matched by their order in a document."""

from __future__ import annotations

import json


class Messages:
    """One language's messages, each once: (context, source) → translation."""

    def __init__(self) -> None:
        self._messages: dict[tuple[str | None, str], str] = {}

    def add(self, context: str | None, source: str, translation: str) -> None:
        self._messages[context, source] = translation

    def add_body(self, source: str, translation: str) -> None:
        """Both bodies have the same blocks, so their segments answer to each other."""
        from sitegen.translate.document import parse_document

        pairs = zip(parse_document(source).segments, parse_document(translation).segments, strict=True)
        for one, other in pairs:
            self.add(one.context, one.msgid, other.msgid)

    def text(self, language: str) -> str:
        head = f"Language: {language}\\nMIME-Version: 1.0\\nContent-Type: text/plain; charset=UTF-8\\n"
        head += "Content-Transfer-Encoding: 8bit\\n"
        blocks = [f'msgid ""\nmsgstr "{head}"\n']
        for (context, source), translation in self._messages.items():
            given = f"msgctxt {_string(context)}\n" if context is not None else ""
            blocks.append(f"{given}msgid {_string(source)}\nmsgstr {_string(translation)}\n")
        return "\n".join(blocks)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
