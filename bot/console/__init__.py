"""The staff's side: one file and one template a page. Nobody sees another queue's requests here."""
