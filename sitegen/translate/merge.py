"""Bringing a catalogue up to date with its template, without ever losing what a translator wrote.

In order: the same message; the same message among the obsolete ones; a message of which only an address or white
space changed (carried over, not fuzzy); a message that says nearly the same (a fuzzy copy that remembers its former
source). What the template no longer has becomes obsolete. A catalogue whose meaning did not change comes back as it
was, byte for byte: places and their order are the template's business.

gettext allows a message once in a file, be it obsolete or not, so that reviving an obsolete one must come before
carrying another over: else one of two translations would be lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sitegen.read.po import Key, PoEntry, PoFile
from sitegen.translate.merge_similar import Similar, best_matches
from sitegen.translate.merge_skeleton import carried_strings, skeleton

MASS_SHARE = 0.2
MASS_MINIMUM = 5
"""More than this share of a catalogue, and more than this many messages, obsolete at once look like a mistake."""


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The merged catalogue and what happened. `changed`: its meaning did, so it is to be written.

    `lost_sight`: translations that are now obsolete and of which no message took a copy; `suspicious` when they are
    too many to be meant.
    """

    po: PoFile
    changed: bool
    added: int = 0
    revived: int = 0
    carried: int = 0
    fuzzy: int = 0
    obsoleted: int = 0
    lost_sight: int = 0
    suspicious: bool = False


def merge(template: PoFile, old: PoFile, *, plural_count: int = 2) -> MergeResult:
    """`old` brought up to date with `template`. `plural_count`: forms of the language, for new plural messages."""
    return _Merge(template, old, plural_count).run()


class _Merge:
    def __init__(self, template: PoFile, old: PoFile, plural_count: int) -> None:
        self.template = list(template.messages)
        self.old = old
        self.plural_count = plural_count
        self.active: dict[Key, PoEntry] = {}
        for entry in old.messages:
            self.active.setdefault(entry.key, entry)
        self.obsolete = {entry.key: entry for entry in old.obsolete}
        self.merged: dict[Key, PoEntry] = {}
        self.revived = 0
        self.carried = 0
        self.copied: set[Key] = set()
        self.replaced: set[Key] = set()

    def run(self) -> MergeResult:
        wanted = {entry.key for entry in self.template}
        new = [entry for entry in self.template if not self.take_same(entry)]
        dropped = [
            entry
            for key, entry in self.active.items()
            if key not in wanted and (entry.has_translation or entry.comments)
        ]
        obsolete = [entry for key, entry in self.obsolete.items() if key not in wanted]
        new = self.carry(new, dropped)
        fuzzy = self.copy(new, dropped, obsolete) if new else 0
        for entry in new:
            if entry.key not in self.merged:
                self.merged[entry.key] = self.fresh(entry)
        gone = [entry for entry in dropped if entry.key not in self.replaced]
        left = self.obsolete_entries(gone, obsolete)
        lost_sight = sum(entry.key not in self.copied for entry in gone)
        po, changed = self.assemble(left)
        return MergeResult(
            po,
            changed,
            added=len(new),
            revived=self.revived,
            carried=self.carried,
            fuzzy=fuzzy,
            obsoleted=len(gone),
            lost_sight=lost_sight,
            suspicious=lost_sight > max(MASS_MINIMUM, MASS_SHARE * self.translated_before()),
        )

    def translated_before(self) -> int:
        return sum(entry.has_translation for entry in self.active.values())

    def take_same(self, entry: PoEntry) -> bool:
        """Use the entry of the same identity, in use or obsolete. False when there is none."""
        found = self.active.get(entry.key)
        former = self.obsolete.get(entry.key)
        if former is not None and former.has_translation and (found is None or not found.has_translation):
            comments = found.comments if found is not None else ()
            comments = tuple(dict.fromkeys((*former.comments, *comments)))
            found = replace(former, obsolete=False, comments=comments)
            self.revived += 1
        if found is None:
            return False
        self.merged[entry.key] = _with_places(self.with_plural(found, entry), entry)
        return True

    def with_plural(self, found: PoEntry, entry: PoEntry) -> PoEntry:
        """`found` with the plural of the template; when that changed its texts need a look, and none is dropped."""
        if found.plural == entry.plural:
            return found
        if not found.has_translation:
            return replace(found, plural=entry.plural, strings=self.empty(entry))
        comments = found.comments
        if entry.plural is None:
            strings: tuple[str, ...] = (found.strings[0] or next(filter(None, found.strings)),)
            others = dict.fromkeys(string for string in found.strings if string and string not in strings)
            comments += tuple(f"former plural form: {_one_line(string)}" for string in others)
        elif found.plural is None:
            strings = found.strings[:1] * self.plural_count
        else:
            strings = found.strings
        changed = replace(found, plural=entry.plural, strings=strings, comments=comments)
        return replace(
            changed.with_flag("fuzzy"),
            previous_msgid=found.previous_msgid or found.msgid,
            previous_plural=found.previous_plural or found.plural,
        )

    def empty(self, entry: PoEntry) -> tuple[str, ...]:
        return ("",) if entry.plural is None else ("",) * self.plural_count

    def fresh(self, entry: PoEntry) -> PoEntry:
        flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
        return replace(entry, strings=self.empty(entry), flags=flags, comments=(), line=0, origin=None)

    def carry(self, new: list[PoEntry], dropped: list[PoEntry]) -> list[PoEntry]:
        """Messages of which only an address or white space changed. Answers what is still new."""
        waiting: dict[tuple[object, ...], list[PoEntry]] = {}
        for entry in dropped if new else ():
            if not entry.fuzzy:
                waiting.setdefault((entry.context, skeleton(entry.msgid), skeleton(entry.plural)), []).append(entry)
        left = []
        for entry in new:
            candidates = waiting.get((entry.context, skeleton(entry.msgid), skeleton(entry.plural)))
            if not (candidates and self.carry_one(entry, candidates)):
                left.append(entry)
        return left

    def carry_one(self, entry: PoEntry, candidates: list[PoEntry]) -> bool:
        places = set(entry.references)
        for donor in sorted(candidates, key=lambda donor: places.isdisjoint(donor.references)):
            strings = carried_strings(donor, entry)
            if strings is None:
                continue
            candidates.remove(donor)
            self.replaced.add(donor.key)
            self.carried += 1
            taken = replace(donor, msgid=entry.msgid, plural=entry.plural, strings=strings)
            self.merged[entry.key] = _with_places(taken, entry)
            return True
        return False

    def copy(self, new: list[PoEntry], dropped: list[PoEntry], obsolete: list[PoEntry]) -> int:
        """Fuzzy copies of similar messages that have gone. Answers how many."""
        donors = [entry for entry in dropped if entry.key not in self.replaced and entry.has_translation]
        matches = best_matches(new, donors, [entry for entry in obsolete if entry.has_translation])
        for match in matches:
            self.copied.add(match.donor.key)
            self.merged[match.entry.key] = self.fuzzy_copy(match)
        return len(matches)

    def fuzzy_copy(self, match: Similar) -> PoEntry:
        """The donor's texts under the new msgid. A fuzzy donor keeps the source that its texts really translate."""
        entry, donor = match.entry, match.donor
        copy = replace(
            donor,
            msgid=entry.msgid,
            plural=donor.plural,
            obsolete=False,
            previous_context=None,
            previous_msgid=donor.previous_msgid if donor.fuzzy else donor.msgid,
            previous_plural=donor.previous_plural if donor.fuzzy else donor.plural,
        ).with_flag("fuzzy")
        if donor.plural is None and entry.plural is not None:
            copy = replace(copy, plural=entry.plural, strings=donor.strings[:1] * self.plural_count)
        elif entry.plural is None:
            copy = replace(copy, plural=None, strings=donor.strings[:1])
        else:
            copy = replace(copy, plural=entry.plural)
        if copy.fuzzy and copy.previous_msgid == entry.msgid and copy.previous_plural == entry.plural:
            copy = copy.with_flag("fuzzy", False).without_previous()
        return _with_places(copy, entry)

    def obsolete_entries(self, gone: list[PoEntry], before: list[PoEntry]) -> list[PoEntry]:
        """The end of the file: what was obsolete already, then what has just become so.

        A fuzzy copy that nobody touched is not kept when its texts stand under their true source elsewhere.
        """
        kept = {entry.key: entry for entry in before}
        known = _Known((*self.merged.values(), *before, *(entry for entry in gone if not entry.fuzzy)))
        for entry in gone:
            if entry.fuzzy and entry.previous_msgid is not None and known.holds(entry):
                continue
            kept[entry.key] = replace(entry, obsolete=True, references=(), extracted=())
            known.add(entry)
        return list(kept.values())

    def assemble(self, left: list[PoEntry]) -> tuple[PoFile, bool]:
        """The new file, or the old one when it means the same."""
        merged = [self.merged[entry.key] for entry in self.template]
        if _meaning(merged) == _meaning(self.active.values()) and _meaning(left) == _meaning(self.obsolete.values()):
            return self.old, False
        header = [self.old.header] if self.old.header is not None else []
        return replace(self.old, entries=(*header, *merged, *left)), True


class _Known:
    """Texts and the source that they translate, wherever they stand."""

    def __init__(self, entries: Iterable[PoEntry]) -> None:
        self.comments: dict[tuple[object, ...], set[str]] = {}
        for entry in entries:
            self.add(entry)

    @staticmethod
    def signature(entry: PoEntry) -> tuple[object, ...]:
        source = entry.previous_msgid if entry.fuzzy and entry.previous_msgid is not None else entry.msgid
        return (entry.context, source, entry.strings)

    def add(self, entry: PoEntry) -> None:
        self.comments.setdefault(self.signature(entry), set()).update(entry.comments)

    def holds(self, entry: PoEntry) -> bool:
        comments = self.comments.get(self.signature(entry))
        return comments is not None and comments.issuperset(entry.comments)


def _with_places(found: PoEntry, entry: PoEntry) -> PoEntry:
    """`found` with what the template says about where and how the message is used."""
    formats = tuple(flag for flag in entry.flags if flag != "fuzzy")
    kept = tuple(flag for flag in found.flags if not _is_format(flag) or flag in formats)
    flags = (*kept, *(flag for flag in formats if flag not in kept and f"no-{flag}" not in kept))
    return replace(found, extracted=entry.extracted, references=entry.references, flags=flags)


def _is_format(flag: str) -> bool:
    return flag.endswith("-format") and not flag.startswith("no-")


def _one_line(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _meaning(entries: Iterable[PoEntry]) -> dict[Key, tuple[object, ...]]:
    """What a translator or a reader would miss. A generated comment on a message's place holds ` · `: it is none."""
    return {
        entry.key: (
            entry.plural,
            entry.strings,
            entry.comments,
            frozenset(entry.flags),
            frozenset(line for line in entry.extracted if " · " not in line) if not entry.obsolete else None,
            entry.previous_msgid,
            entry.previous_plural,
        )
        for entry in entries
    }
