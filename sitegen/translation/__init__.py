"""The translators' pipeline: a site's messages read, its catalogues updated, counted and checked."""

from sitegen.translation.checking import check_translations
from sitegen.translation.messages import Messages, collect_messages, templates
from sitegen.translation.progress import StatusReport, status
from sitegen.translation.touching import touch
from sitegen.translation.updates import extract, update

__all__ = [
    "Messages",
    "StatusReport",
    "check_translations",
    "collect_messages",
    "extract",
    "status",
    "templates",
    "touch",
    "update",
]
