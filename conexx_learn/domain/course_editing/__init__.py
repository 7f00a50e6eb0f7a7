"""Changes of a course folder that keep it whole: outline, settings, heads of files.

Each takes the files of a folder and returns those that change: path to new content, or
to None for a file that goes. What nobody touched stays as it is, byte by byte.
"""
