"""One place commits: a verb that committed could not be part of a larger one."""

from tests.house.source_tree import (
    PACKAGE,
    called_name,
    calls,
    python_files,
    shown,
    syntax_tree,
)

COMMITS = {"conexx_learn/services/unit_of_work.py"}


def test_only_the_unit_of_work_commits() -> None:
    found = {
        f"{shown(path)}:{call.lineno}"
        for path in python_files()
        if path.is_relative_to(PACKAGE) and shown(path) not in COMMITS
        for call in calls(syntax_tree(path))
        if called_name(call) == "commit"
    }

    assert not found, f"Open a unit_of_work at the edge instead: {sorted(found)}"


def test_no_verb_opens_a_unit_of_work_of_its_own() -> None:
    edges = {
        # Loads the demonstration as a whole, for a page and for the shell.
        "conexx_learn/services/demonstration.py",
        # Closes, settles and forgets, each thing in its own transaction.
        "conexx_learn/services/upkeep.py",
        # Publishes folder after folder: one that is refused does not undo the others.
        "conexx_learn/services/course_publication.py",
        # Repairs results batch by batch: killed between two, it goes on there.
        "conexx_learn/services/repair.py",
        # Makes keys and writes their files first: that takes longer than others wait.
        "conexx_learn/services/issuer_keys.py",
        # Signs status lists, which takes long, and stores each in its own transaction.
        "conexx_learn/services/status_lists.py",
        # Signs what waits, each certificate on its own, between its transactions.
        "conexx_learn/services/signing.py",
        # Works through the outbox, entry by entry, after the commit.
        "conexx_learn/services/outbox.py",
    }
    found = {
        f"{shown(path)}:{call.lineno}"
        for path in python_files()
        if path.is_relative_to(PACKAGE / "services") and shown(path) not in edges
        for call in calls(syntax_tree(path))
        if called_name(call) == "unit_of_work"
    }

    assert not found, f"Take the session as an argument: {sorted(found)}"
