"""How languages write days and times where a page says `|date:"j F Y"`.

Pages and code name the English form; Django looks it up under that name in the module
of the language, as it does with DATE_FORMAT. What isn't listed is the same everywhere.
"""
