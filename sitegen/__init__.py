"""sitegen: static sites for multilingual networks.

The rooms, in the order in which the work passes through them:

    problems    mistakes of users as values, with file, line and column
    schema      field tables of collections; the validator over YAML nodes; JSON Schema for editors
    locales     what Babel does not know: collation, plural table, transliteration; formatting of dates and money
    config      site.yaml, frozen
    read        disk → raw facts with positions
    translate   the segmenter and its inverse, catalogues and their merge, extraction
    model       languages, entries, collections, the site; assembly
    plan        routes, template contexts, the list of jobs
    render      Markdown → HTML, the Jinja environment, one job → bytes
    engine      digests, build cache, process pool: knows nothing of sites
    publish     stage, swap, prune
    check       links, translations, accessibility, funding
    build       the pipeline on one screen
    serve       watch → build → reload
    cli         the command line
"""

__version__ = "0.1.0"
