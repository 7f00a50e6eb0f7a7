"""Links of an author that a browser would follow to another site."""

import pytest

from conexx_learn.domain.markup import render_inline


@pytest.mark.parametrize(
    "link",
    [
        r"[a](/\\evil.example)",
        r"[a](\\/evil.example)",
        r"[a](\\\\evil.example)",
        "[a](//evil.example)",
        r"[a](javascript:alert(1)//\_)",
        r"[a](/\evil.example)",
        "[a](&#106;avascript:alert(1))",
    ],
)
def test_a_link_in_disguise_leads_nowhere(link: str) -> None:
    assert "href" not in render_inline(link)
