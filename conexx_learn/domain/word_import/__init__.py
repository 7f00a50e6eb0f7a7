"""A document from Word, or what was pasted from one, becomes modules of a course.

What mammoth or a clipboard gives is made even (`page`), questions are found in it
(`questions`), titles that are only bold lines are recognised (`titles`), it is split at
its headings of the first level (`modules`) and written as Markdown (`writing`). What
does not survive is a remark with its place, never a silence. Nothing opens a file here.
"""
