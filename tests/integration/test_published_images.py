"""Images of a published module say their size, so that the page does not jump."""

import re

from tests.factories import COURSES
from tests.published import ready_course

IMAGE = re.compile(r"<img [^>]*>")


def test_every_image_of_a_shipped_course_says_how_large_it_is() -> None:
    _course, rendered, _competencies = ready_course(
        COURSES / "eu-financing-instruments"
    )

    images = [
        image
        for module in rendered.modules.values()
        for segment in module.segments
        if isinstance(segment, str)
        for image in IMAGE.findall(segment)
    ]

    assert images
    for image in images:
        assert re.search(r'width="[1-9]\d*"', image)
        assert re.search(r'height="[1-9]\d*"', image)
        assert 'loading="lazy"' in image
