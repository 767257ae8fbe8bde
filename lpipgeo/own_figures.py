"""A person's own figures: matched with areas, and every row accounted for."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from lpipgeo.area_index import AreaIndex, find_postcodes, plain_code, read_areas
from lpipgeo.errors import SelectionError, UnknownAreaError, join_words, shorten
from lpipgeo.levels import LEVELS, MAPPED_LEVELS
from lpipgeo.paths import DataFolder
from lpipgeo.uploads import Upload

MATCHED, OLD, SPLIT, OUTSIDE = "matched", "old code", "split", "outside"
UNKNOWN, NO_NUMBER, OTHER_LEVEL = "unknown", "no number", "another level"
OUTCOMES = {
    MATCHED: "Matched with an area.",
    OLD: "An old code with one successor. Tick the box to use today's area.",
    SPLIT: "An old code that was split, so its figure belongs to no one area of today.",
    OUTSIDE: "An area outside the West Midlands region.",
    UNKNOWN: "No area code or postcode of the region.",
    NO_NUMBER: "The number is missing, a text or too large, or its comma may mean two "
    "things.",
    OTHER_LEVEL: "An area of another level than most; one map shows one level.",
}
COMMAS = ("thousands", "decimal", "unclear")  # what the commas in numbers are
THOUSANDS, DECIMAL, UNCLEAR = COMMAS
JOINS = {"sum": "Add them up", "mean": "Take their mean"}
REPORT_COLUMNS = ("row", "given", "number", "outcome", "area_code", "note")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", re.ASCII)
_NUMBER = re.compile(
    r"[-+]?([1-9]\d{0,2}(,\d{3})+|\d+)(\.\d+)?([eE][-+]?\d{1,3})?|[-+]?\.\d+"
)
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+")
_MISSING = {"", "-", "–", ".", "..", ":", "*", "x", "c", "na", "n/a", "null", "none"}
_LARGEST = 1e15  # above it, maps and charts no longer tell two numbers apart
_TRIED = 200  # rows by which columns are told apart
_FEW = 0.5  # of the cells tried: with fewer, a column is of another kind
_NAMED = 4


@dataclass(frozen=True)
class OwnFigures:
    """Own figures at one level.

    Attributes
    ----------
    name, file : of the column and of the file
    level : that most rows are of
    table : area_code, value; one row per area, in order of code
    report : columns `REPORT_COLUMNS`, one row per row of the file; outcome is one of
        `OUTCOMES`
    comma : how commas in the numbers were read, one of `COMMAS`
    """

    name: str
    file: str
    level: str
    table: pd.DataFrame = field(repr=False)
    report: pd.DataFrame = field(repr=False)
    comma: str = THOUSANDS

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have each outcome, in the order of `OUTCOMES`."""
        found = Counter(self.report["outcome"])
        return {outcome: found[outcome] for outcome in OUTCOMES if found[outcome]}


def parse_number(text: str, *, comma: str = THOUSANDS) -> float | None:
    """Return a number as people write it, or None: "1,234", "12 %", "£5.50", "−3".

    Parameters
    ----------
    comma : what it is, one of `COMMAS`; unless it parts thousands, "1,500" is no
        number, for nobody can say which one
    """
    plain = text.strip().replace("\N{MINUS SIGN}", "-").replace("\xa0", "")
    plain = plain.removesuffix("%").strip().replace("£", "", 1).replace(" ", "")
    parts_thousands = _NUMBER.fullmatch(plain) is not None
    if comma == DECIMAL and not parts_thousands and _DECIMAL_COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    elif not parts_thousands or ("," in plain and comma != THOUSANDS):
        return None
    value = float(plain.replace(",", ""))
    return value if abs(value) <= _LARGEST else None


def _comma_in(upload: Upload, column: str) -> str:
    """Return what commas are: who writes semicolons may write 1,5 for 1.5.

    They are decimal marks where no number of the column has a point or two commas, and
    some have a comma that cannot part thousands.
    """
    if upload.delimiter != ";":
        return THOUSANDS
    texts = [text for text in upload.table[column] if re.search(r"\d", text)]
    if any("." in text or text.count(",") > 1 for text in texts):
        return UNCLEAR
    read = (parse_number(text, comma=DECIMAL) for text in texts if "," in text)
    return DECIMAL if any(value is not None for value in read) else UNCLEAR


def code_columns(upload: Upload) -> list[str]:
    """Return the columns with area codes or postcodes, the best one first.

    Raises
    ------
    SelectionError : there is none
    """
    index = read_areas()
    old = set(index.successors_table["old_code"])
    scores = {}
    for column in upload.table.columns:
        texts = [t for t in upload.table[column].head(_TRIED) if t]
        known = sum(_is_place(text, index, old) for text in texts)
        if texts and known >= _FEW * len(texts):
            scores[column] = known
    if not scores:
        raise SelectionError(
            f"No column of {upload.name} has area codes such as E08000028, or "
            "postcodes. Add one; names alone are not enough, for some places share a "
            "name."
        )
    return sorted(scores, key=lambda column: -scores[column])


def _is_place(text: str, index: AreaIndex, old: set[str]) -> bool:
    code = plain_code(text)
    is_code = code in index.by_code or code in old
    return is_code or _POSTCODE.fullmatch(code.replace(" ", "")) is not None


def number_columns(upload: Upload, code_column: str) -> list[str]:
    """Return the columns with numbers, in the file's order.

    Raises
    ------
    SelectionError : there is none
    """
    found = []
    for column in upload.table.columns:
        texts = [
            text
            for text in upload.table[column].head(_TRIED)
            if text.strip().casefold() not in _MISSING
        ]
        comma = _comma_in(upload, column)
        numbers = sum(parse_number(text, comma=comma) is not None for text in texts)
        if column != code_column and texts and numbers >= _FEW * len(texts):
            found.append(column)
    if not found:
        points = " In a file with semicolons use points: 1234.5."
        points = points if upload.delimiter == ";" else ""
        raise SelectionError(
            f"No column of {upload.name} has numbers beside its codes. Formulas have "
            f"to be saved with their results, and numbers without words.{points}"
        )
    return found


def match_figures(
    upload: Upload,
    code_column: str,
    number_column: str,
    *,
    use_successors: bool = False,
    join: str | None = None,
    data: DataFolder = None,
) -> OwnFigures:
    """Return the figures of a file by area, and what became of each row.

    Parameters
    ----------
    use_successors : take an old code with one successor for that area
    join : how several rows of one area become one figure, one of `JOINS`

    Raises
    ------
    SelectionError : no row can be used, or areas with several rows and no way to join
    """
    index = read_areas(data)
    codes, numbers = upload.table[code_column], upload.table[number_column]
    lsoas = _lsoas_of(codes, data)
    comma = _comma_in(upload, number_column)
    values = [parse_number(number, comma=comma) for number in numbers]
    rows = [
        _read_row(row, given, (number, value), index, lsoas, use_successors)
        for row, given, number, value in zip(
            codes.index, codes, numbers, values, strict=True
        )
    ]
    report = pd.DataFrame(rows, columns=list(REPORT_COLUMNS))
    level = _main_level(report, index)
    if level is None:
        counts = Counter(report["outcome"])
        outcome, count = counts.most_common(1)[0]
        raise SelectionError(
            f"No row of {upload.name} can be used. {count:,} of {len(report):,}: "
            f"{OUTCOMES[outcome]}"
        )
    matched = report["outcome"] == MATCHED
    codes_matched = report.loc[matched, "area_code"]
    is_here = codes_matched.map(lambda code: level in index.by_code[code].levels)
    report.loc[is_here.index[~is_here.astype(bool)], "outcome"] = OTHER_LEVEL
    used = report[report["outcome"] == MATCHED]
    table = _joined(used, index, join)
    return OwnFigures(number_column, upload.name, level, table, report, comma)


def _lsoas_of(codes: pd.Series[str], data: DataFolder) -> dict[str, str]:
    """Return the neighbourhood of every postcode among some texts."""
    texts = {plain_code(text).replace(" ", "") for text in codes}
    postcodes = [text for text in texts if _POSTCODE.fullmatch(text)]
    return find_postcodes(postcodes, data) if postcodes else {}


def _read_row(
    row: int,
    given: str,
    figure: tuple[str, float | None],
    index: AreaIndex,
    lsoas: dict[str, str],
    use_successors: bool,
) -> tuple[int, str, float | None, str, str | None, str]:
    """Return a row of the report; a figure is its text and its number."""
    number, value = figure
    code, outcome, note = _find(given, index, lsoas, use_successors)
    if code is not None and value is None:
        said = "" if number.strip().casefold() in _MISSING else shorten(number)
        return row, shorten(given), None, NO_NUMBER, code, said
    return row, shorten(given), value, outcome, code, note


def _find(
    given: str, index: AreaIndex, lsoas: dict[str, str], use_successors: bool
) -> tuple[str | None, str, str]:
    """Return the area's code or None, the outcome and a remark."""
    try:
        area = index.find(given)
    except UnknownAreaError as error:
        near = error.suggestions
    else:
        if not area.in_region:
            return None, OUTSIDE, area.name
        return area.code, MATCHED, ""
    lsoa = lsoas.get(plain_code(given).replace(" ", ""))
    if lsoa is not None:
        return lsoa, MATCHED, f"postcode in {index.by_code[lsoa].name}"
    new = index.successors(given)
    if len(new) == 1:
        name = index.by_code[new[0]].name
        if not index.by_code[new[0]].in_region:
            return None, OUTSIDE, name
        found = f"today {new[0]} {name}"
        return (new[0], MATCHED, found) if use_successors else (None, OLD, found)
    if new:
        return None, SPLIT, f"today {join_words(new[:_NAMED])}"
    return None, UNKNOWN, f"perhaps {near[0]}" if near else ""


def _main_level(report: pd.DataFrame, index: AreaIndex) -> str | None:
    """Return the level of most matched rows; None where none is matched."""
    codes = report.loc[report["outcome"] == MATCHED, "area_code"]
    counts: Counter[str] = Counter()
    for code in codes:
        counts.update(lv for lv in index.by_code[code].levels if lv in MAPPED_LEVELS)
    order = ("lad24", *MAPPED_LEVELS)  # a unitary district counts as a district
    return max(counts, key=lambda lv: (counts[lv], -order.index(lv)), default=None)


def _joined(used: pd.DataFrame, index: AreaIndex, join: str | None) -> pd.DataFrame:
    """Return one value per area; several rows of one only where a way was chosen."""
    sizes = used.groupby("area_code").size()
    several = sizes[sizes > 1]
    if len(several) and join not in JOINS:
        names = [index.by_code[code].name for code in several.index[:_NAMED]]
        more = f" and {len(several) - _NAMED:,} more" if len(several) > _NAMED else ""
        raise SelectionError(
            f"Several rows are of one area: {', '.join(names)}{more}. Keep one row for "
            "each area, or choose how rows of one area are joined."
        )
    grouped = used.groupby("area_code")["number"]
    values = grouped.mean() if join == "mean" else grouped.sum()
    found = values.rename("value").reset_index()
    return found.sort_values("area_code", ignore_index=True)


def report_sentences(own: OwnFigures) -> list[str]:
    """Return what became of the rows, a sentence for each outcome."""
    areas = LEVELS[own.level].counted(len(own.table))
    verb = "has" if len(own.table) == 1 else "have"
    first = f"{areas} {verb} a figure, from {_rows(len(own.report))}."
    rest = [
        f"{_rows(count)}: {OUTCOMES[outcome]}"
        for outcome, count in own.counts.items()
        if outcome != MATCHED
    ]
    marks = ["Commas were read as decimal marks."] if own.comma == DECIMAL else []
    return [first, *marks, *rest]


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"


def own_table(own: OwnFigures) -> pd.DataFrame:
    """Return the figures with names and, in each row, whose they are.

    Returns
    -------
    DataFrame, key `area_code`: area_code, area_name, level, value, name, source
    """
    index = read_areas()
    names = [index.by_code[code].name for code in own.table["area_code"]]
    return pd.DataFrame(
        {
            "area_code": own.table["area_code"],
            "area_name": names,
            "level": own.level,
            "value": own.table["value"],
            "name": own.name,
            "source": f"Your own figures ({own.file}); not checked by us",
        }
    )
