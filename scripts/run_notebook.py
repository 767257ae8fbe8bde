"""Run the cells of a notebook and write what they say: `run_notebook.py FILE`.

For docs/example.ipynb. Only texts are written, so that the file is the same wherever it
is run; a test runs the cells again and compares.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd

WIDTH, ROWS, COLUMNS = 100, 12, 8


def run_cells(notebook: dict[str, Any]) -> list[list[str]]:
    """Return the text that each cell of code says, as lines with their ends."""
    names: dict[str, Any] = {"__name__": "__main__"}
    options = ("display.width", WIDTH, "display.max_rows", ROWS,
               "display.max_columns", COLUMNS)  # fmt: skip
    said = []
    with pd.option_context(*options):
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                text = _run("".join(cell["source"]), names)
                said.append(text.splitlines(keepends=True))
    return said


def _run(source: str, names: dict[str, Any]) -> str:
    """Run a cell; what its last line is worth is said, as notebooks do."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "cell", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
            if value is not None:
                print(repr(value) if isinstance(value, str) else str(value))
    return printed.getvalue()


def main(path: Path) -> None:
    """Run a notebook's cells and write their outputs into it."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for number, (cell, lines) in enumerate(
        zip(cells, run_cells(notebook), strict=True), start=1
    ):
        cell["execution_count"] = number
        cell["outputs"] = (
            [{"name": "stdout", "output_type": "stream", "text": lines}]
            if lines
            else []
        )
    text = json.dumps(notebook, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
