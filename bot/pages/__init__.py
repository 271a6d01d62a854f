"""What the chat page and the staff desk share: headers, refusals, forms, templates, files, sockets.

Nothing here knows what a conversation is, and no answer leaves without the headers.
"""
