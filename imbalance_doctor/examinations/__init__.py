"""The examinations whose story is longer than a page: each module reads, joins, tallies and profiles one kind of input.

`doctor` tells the story; here are the steps that take several inputs.
"""
