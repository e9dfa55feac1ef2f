"""Lines of labels in front of `index:value` features: svmlight, LIBSVM and the extreme classification repository."""

from typing import TYPE_CHECKING

from ._text_lines import Lines, blank

if TYPE_CHECKING:
    import polars as pl

NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
INDEX = r"(?:0|[1-9][0-9]{0,17})"
FEATURES = rf"(?:(?:^|[ \t]+)qid:[0-9]+)?(?:(?:^|[ \t]+)[0-9]+:(?:{NUMBER}|[+-]?(?i:nan|inf|infinity)))*[ \t]*$"
HINT = "a line is 'label index:value index:value …', several labels with commas: '1,3 7:0.5'; else use another format"


def label_cells(lines: Lines, label: str, *, comments: bool) -> tuple["pl.Series", "pl.Series"]:
    """The numbers of the lines that are samples, and the text in front of their features: "" where there is none.

    `label` is the pattern of one label; with `comments` a `#` starts one, and a line of nothing is none of a sample.
    Raises InputError for any other line.
    """
    text = lines.text
    if comments:
        text = text.str.replace(r"#.*$", "")
    bad = ~text.str.contains(rf"^(?:{label}(?:,{label})*)?{FEATURES}")
    if bad.any():
        raise lines.wrong(bad, "is not labels and features", HINT)
    cells = text.str.extract(r"^([^ \t:]*)(?:[ \t]|$)").fill_null("")
    if not comments:
        return lines.kept(cells.is_not_null())[0], cells
    samples = ~blank(text)
    return lines.kept(samples)[0], cells.filter(samples)
