"""Documents are set here, as an accessible PDF and as plain text, and kept nowhere.

This room knows no topic and no words: what stands in a document, and in which language, is the
caller's. All text in it is data, whoever typed it; nothing of it is ever read as markup, and none
shows in a `repr` or an error.
"""
