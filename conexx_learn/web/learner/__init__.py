"""Pages for the learner."""
