"""The whole script of a language, and the dialog as a picture: for those who word and review it.

Both are made by walking the running dialog, so that they show what people meet, and nothing else.
"""
