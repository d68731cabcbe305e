"""Date and number formats per language (FORMAT_MODULE_PATH), as Kazakhstan writes them.

Django has no formats for Kazakh and American ones for English; the three languages
of the portal share a 24-hour clock, Monday first and short dates with dots.
"""
