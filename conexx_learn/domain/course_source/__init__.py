"""A course folder's bytes become a `Course`, or every problem that stands in the way.

`read_course` is total: any bytes give a course, problems, or both, never an exception.
"""

from conexx_learn.domain.course_source.competencies import read_competencies
from conexx_learn.domain.course_source.formatting import format_files
from conexx_learn.domain.course_source.glossary import GLOSSARY_FILES, read_glossary
from conexx_learn.domain.course_source.reading import read_course
from conexx_learn.domain.course_source.skeleton import skeleton
from conexx_learn.domain.course_source.versions import content_problem

__all__ = [
    "GLOSSARY_FILES",
    "content_problem",
    "format_files",
    "read_competencies",
    "read_course",
    "read_glossary",
    "skeleton",
]
