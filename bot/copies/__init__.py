"""Copies that people take along: each is made at the moment that it is fetched, and kept nowhere.

One file makes one kind, out of what is stored; `making` knows them all.
"""
