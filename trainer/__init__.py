"""Train, merge and export text-to-SQL models: a library of files and a command line.

It knows folders and JSON, nothing else of the system around it. See `python -m trainer --help`.
"""
