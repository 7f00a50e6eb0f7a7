"""What changed between two versions of a course, as somebody who reviews it asks.

Values in, values out: `course_changes` compares two `Course` models (the former may be
missing) and says what readers see added and removed, which questions ask or mark
otherwise, which translations fell behind, and what learners keep. Nothing here reads a
file, a clock or a database, and hostile text costs no more than a fixed effort.
"""

from conexx_learn.domain.course_changes.comparison import CourseChanges, course_changes

__all__ = ["CourseChanges", "course_changes"]
