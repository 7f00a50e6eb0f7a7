"""Links and images of a text, and where they lead."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conexx_learn.domain.course_source.headings import anchors
from conexx_learn.domain.course_source.markdown_lines import Prose, line_ends
from conexx_learn.domain.problems import Problem

_TARGET = (
    r"\(\s*(?P<target><[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)[^()\n]{0,300}\)"
)
_TEXT = r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
_IMAGE = re.compile(rf"!{_TEXT}{_TARGET}")
_LINK = re.compile(rf"(?<!!){_TEXT}{_TARGET}")
_SHORT = re.compile(r"(?P<image>!?)\[(?P<text>[^\[\]]+)\](?![\[(:])")
_LABELLED = re.compile(r"(?P<image>!?)\[(?P<text>[^\[\]]+)\]\[(?P<label>[^\[\]]*)\]")
_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<label>[^\[\]^]+)\]:[ \t]*<?(?P<target>[^\s<>]+)", re.MULTILINE
)
_NOTE = re.compile(r"\[\^(?P<label>[^\[\]]+)\](?P<colon>:?)")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_FILE_FORM = re.compile(
    r"(?:\d\d-)?(?P<slug>[a-z0-9-]+)(?:\.[a-z]{2,3}\.md)?(?P<quiz>/quiz)?"
)
_OUTSIDE = ("http://", "https://", "mailto:")
_PICTURES = (".png", ".jpg", ".webp", ".svg")


@dataclass(frozen=True, slots=True)
class Reference:
    """A link or an image.

    Attributes:
        target: As written, without angle brackets.
        is_image: Whether it is shown in place.
        alternative: The text for who does not see the image.
        line: From 1.
        column: From 1.
    """

    target: str
    is_image: bool
    alternative: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the references of one language may lead to.

    Attributes:
        anchors: Module slug to the anchors in its text; `final` where there is one.
        quizzes: Slugs of modules that have a quiz.
        media: Paths of the files in `media/`.
    """

    anchors: Mapping[str, frozenset[str]]
    quizzes: frozenset[str]
    media: frozenset[str]


def references(prose: Prose) -> list[Reference]:
    """List the links and images of a text, by place."""
    ends, text = line_ends(prose), prose.text
    defined = {
        _label(match["label"]): match["target"] for match in _DEFINITION.finditer(text)
    }
    found: list[Reference] = []
    for pattern, is_image in ((_IMAGE, True), (_LINK, False)):
        for match in pattern.finditer(text):
            place = ends.place(match.start())
            target = match["target"].strip("<>")
            found.append(Reference(target, is_image, match["text"].strip(), *place))
    for label, match in _labelled(text):
        if label in defined:
            place, alternative = ends.place(match.start()), match["text"].strip()
            is_image = bool(match["image"])
            found.append(Reference(defined[label], is_image, alternative, *place))
    return sorted(found, key=lambda reference: (reference.line, reference.column))


def _labelled(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Find `[text][label]` and `[label]` with the label each of them means."""
    for match in _LABELLED.finditer(text):
        yield _label(match["label"] or match["text"]), match
    for match in _SHORT.finditer(text):
        yield _label(match["text"]), match


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def reference_problems(
    prose: Prose, *, path: str, around: Surroundings
) -> Iterator[Problem]:
    """Report references that lead nowhere (E013) and images without text (W002)."""
    own = anchors(prose)
    for reference in references(prose):
        place = (path, reference.line, reference.column)
        facts = {"target": reference.target[:80]}
        variant = _fault(reference, own, around)
        if variant is not None:
            yield Problem(*place, "E013", {**facts, "variant": variant})
        if reference.is_image and not reference.alternative:
            yield Problem(*place, "W002", facts)
    yield from _unknown_labels(prose, path)


def _fault(
    reference: Reference, own: frozenset[str], around: Surroundings
) -> str | None:
    """Name what is missing: the sentence's variant, or None when all is well."""
    # Browsers read a backslash as a slash, and two of them as the way to another site.
    target = reference.target.replace("\\", "/")
    if reference.is_image:
        return _image_fault(target, around)
    if target.startswith(_OUTSIDE) or (target[:1] == "/" and target[:2] != "//"):
        return None
    if _SCHEME.match(target) or target.startswith("//"):
        return "scheme"
    file, _, fragment = target.partition("#")
    if file.startswith("media/"):
        return None if target in around.media else "file"
    if not file:
        return None if fragment in own else "anchor"
    return _module_fault(file, fragment, around)


def _image_fault(target: str, around: Surroundings) -> str | None:
    if _SCHEME.match(target) or target.startswith("//"):
        return "image-outside"
    known = target in around.media and target.endswith(_PICTURES)
    return None if known else "image"


def _module_fault(file: str, fragment: str, around: Surroundings) -> str | None:
    form = _FILE_FORM.fullmatch(file)
    slug = form["slug"] if form else ""
    if not form or slug not in around.anchors:
        return "module"
    if form["quiz"] and slug not in around.quizzes:
        return "module"
    known = not fragment or fragment in around.anchors[slug]
    return None if known else "anchor"


def _unknown_labels(prose: Prose, path: str) -> Iterator[Problem]:
    ends, text = line_ends(prose), prose.text
    defined = {_label(match["label"]) for match in _DEFINITION.finditer(text)}
    for match in _LABELLED.finditer(text):
        label = _label(match["label"] or match["text"])
        if label not in defined and not label.startswith("^"):
            facts = {"target": label[:80], "variant": "label"}
            yield Problem(path, *ends.place(match.start()), "E013", facts)
    notes = {match["label"] for match in _NOTE.finditer(text) if match["colon"]}
    for match in _NOTE.finditer(text):
        if match["label"] not in notes:
            facts = {"target": f"^{match['label'][:79]}", "variant": "label"}
            yield Problem(path, *ends.place(match.start()), "E013", facts)


def images_of(prose: Prose) -> frozenset[str]:
    """Collect the paths of the images that a text shows."""
    return frozenset(item.target for item in references(prose) if item.is_image)
