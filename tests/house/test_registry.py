"""Alembic sees only imported tables: the registry imports every module of them."""

import ast

from tests.house.source_tree import PACKAGE, syntax_tree

MODELS = PACKAGE / "models"


def table_modules() -> set[str]:
    """Name the modules that define a table."""
    return {
        path.stem
        for path in MODELS.glob("*.py")
        if any(
            isinstance(node, ast.Name) and node.id == "__tablename__"
            for node in ast.walk(syntax_tree(path))
        )
    }


def imported_modules() -> set[str]:
    """Name what `models/registry.py` imports of its own folder."""
    return {
        alias.name
        for node in ast.walk(syntax_tree(MODELS / "registry.py"))
        if isinstance(node, ast.ImportFrom) and node.module == "conexx_learn.models"
        for alias in node.names
    }


def test_the_registry_imports_every_module_that_has_a_table() -> None:
    missing = table_modules() - imported_modules()

    assert table_modules()
    assert not missing, f"Import these in models/registry.py: {sorted(missing)}"
