"""Training plans as documents: their states, what may be written, what is proposed.

What a plan asks of people, and how they stand, is the matter of `domain.readiness`.
"""
