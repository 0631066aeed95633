# Settings of the Pelican site of the workload; the generator adds texts and addresses below.
SITENAME = "Network of groups"
PATH = "content"
THEME = "theme"
ARTICLE_PATHS = ["groups"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["media"]
FILENAME_METADATA = r"(?P<slug>[a-z0-9-]*)\.(?P<lang>[a-z-]+)$"
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
ARTICLE_URL = ARTICLE_LANG_URL = "{lang}/groups/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_LANG_SAVE_AS = "{lang}/groups/{slug}/index.html"
PAGE_URL = PAGE_LANG_URL = "{lang}/{slug}/"
PAGE_SAVE_AS = PAGE_LANG_SAVE_AS = "{lang}/{slug}/index.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = DRAFT_SAVE_AS = ""
DIRECT_TEMPLATES = ["sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = "{lang}/feed.xml"
TYPOGRIFY = False
LOAD_CONTENT_CACHE = False
RELATIVE_URLS = False
DEFAULT_PAGINATION = False
MARKDOWN = {
    "extensions": ["markdown.extensions.extra", "markdown.extensions.meta", "markdown.extensions.toc"],
    "output_format": "html5",
}
