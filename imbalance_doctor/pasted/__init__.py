"""Weights that a user already has: read from text without running any of it, and set against the classes.

`choose.read` finds the format of a text and the weights in it; `joining` and `order` say which number is whose.
"""
