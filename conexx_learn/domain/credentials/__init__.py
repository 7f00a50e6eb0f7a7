"""A certificate as verifiable documents: Open Badges 3.0 made from frozen claims."""
