"""Conexx Learn: courses, quizzes and certificates for cooperation projects.

This package imports nothing: importing a rule must not start an application. The
floors, from the ground up: `domain`, `models`, `queries` and `adapters`, `services`,
`web` and `cli`, `config`, `factory`.
"""

__version__ = "0.1.0"
