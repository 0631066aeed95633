"""What is wrong with a finished site: links, markup and accessibility, third parties, language alternates, funding.

Each check is a pure function over the built output, returns problems and changes nothing. They look at what
readers get, whichever theme or template made it, and know nothing of how it was made.
"""
