"""What the window and the command line call: one file per noun, plain functions.

Each takes the open workspace first, validates, calls storage in one unit of the journal and
returns frozen records. Actions return :class:`console.domain.journal.Changes`.
"""
