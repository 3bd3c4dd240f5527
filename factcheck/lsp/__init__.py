"""The language server: findings as diagnostics in a text editor, for the article that is being written.

``checking`` reads the draft and the articles beside it and checks it; ``view`` puts the report into an editor's terms; ``diagnostics``,
``actions``, ``figures`` and ``hover`` say what is shown; ``server`` speaks the protocol and schedules the work. Only the last needs
the pygls library at run time for more than its types.

Source: Microsoft, Language Server Protocol 3.17.
"""
