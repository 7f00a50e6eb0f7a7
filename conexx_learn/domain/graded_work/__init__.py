"""Work that people grade: a rubric, two who read it blind, and what follows."""
