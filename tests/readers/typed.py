"""Typed columns: Arrow arrays with the cell type and the cells they are read as; features of Hugging Face data sets."""

from decimal import Decimal

import pyarrow as pa

STRUCT = pa.array([{"bytes": b"\xff", "path": "a"}] * 3)
COLUMNS: list[tuple[pa.Array, str, list | None]] = [
    (pa.array([2**53 + 1, None, -1]), "integer", [2**53 + 1, None, -1]),
    (pa.array([2**64 - 1, 0, None], pa.uint64()), "integer", [2**64 - 1, 0, None]),
    (pa.array([1, 2, 1], pa.int8()), "integer", [1, 2, 1]),
    (pa.array([1.0, None, 0.5]), "float", [1.0, None, 0.5]),
    (pa.array([Decimal("1.50"), None, Decimal("2.00")]), "float", [Decimal("1.50"), None, Decimal("2.00")]),
    (pa.array([True, None, False]), "boolean", [True, None, False]),
    (pa.array(["a", None, ""]), "text", ["a", None, ""]),
    (pa.array(["a", None, ""], pa.large_string()), "text", ["a", None, ""]),
    (pa.array(["a", None, ""], pa.string_view()), "text", ["a", None, ""]),
    (pa.array(["a", None, "a"]).dictionary_encode(), "text", ["a", None, "a"]),
    (pa.array([5, None, 5]).dictionary_encode(), "integer", [5, None, 5]),
    (pa.nulls(3), "text", [None, None, None]),
    (pa.array([["a", "b"], [], None]), "list", [["a", "b"], [], None]),
    (pa.array([[1, None], [], None], pa.large_list(pa.int16())), "list", [[1, None], [], None]),
    (pa.array([[1, 0], [0, 1], [1, 1]], pa.list_(pa.int64(), 2)), "list", [[1, 0], [0, 1], [1, 1]]),
    (pa.array([["a"], ["b"], []], pa.list_(pa.dictionary(pa.int8(), pa.string()))), "list", [["a"], ["b"], []]),
    (pa.array([[[1]], [], None]), "nested", None),
    (STRUCT, "nested", None),
    (pa.array([b"a", b"b", None]), "nested", None),
    (pa.array([[{"a": 1}], [], []]), "nested", None),
    (pa.array([1, 2, 3], pa.duration("s")), "nested", None),
    (pa.array([[("a", 1)]] * 3, pa.map_(pa.string(), pa.int64())), "nested", None),
]

LABEL = {"names": ["neg", "pos"], "_type": "ClassLabel"}
FEATURES = [
    ({"label": LABEL}, ("neg", "pos")),
    ({"label": {"feature": LABEL, "_type": "List"}}, ("neg", "pos")),
    ({"label": {"feature": LABEL, "length": -1, "_type": "Sequence"}}, ("neg", "pos")),
    ({"label": {"feature": LABEL, "_type": "LargeList"}}, ("neg", "pos")),
    ({"label": [LABEL]}, ("neg", "pos")),
    ({"label": {"names": [0, 1], "_type": "ClassLabel"}}, ("0", "1")),
    ({"label": {"dtype": "int64", "_type": "Value"}}, None),
    ({"label": {"num_classes": 2, "_type": "ClassLabel"}}, None),
    ({"label": {"names": [], "_type": "ClassLabel"}}, None),
    ({"label": {"feature": {"a": LABEL}, "_type": "Sequence"}}, None),
    ({"label": []}, None),
    ({"other": LABEL}, None),
]
