from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imbalance_doctor.errors import InputError, UsageError
from imbalance_doctor.readers import _text
from imbalance_doctor.readers._source import Options, Source
from imbalance_doctor.readers._text import text_blocks, text_pieces
from tests.readers.reading import cells, complaint, opened, write

TEXT = "label\ncafé\n日本\n😀\n"
LABELS = ["café", "日本", "😀"]


def blocks(path: Path, **said: str) -> list[bytes]:
    return list(text_blocks(Source(str(path), path), Options(**said)))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("size", [8 << 20, 1, 2, 3, 5, 7])
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, monkeypatch, encoding: str, size: int):
    monkeypatch.setattr(_text, "BLOCK_BYTES", size)
    assert cells(opened(write(tmp_path, TEXT.encode(encoding)))) == LABELS


@pytest.mark.parametrize(
    ("mark", "encoding"), [("\ufeff", "utf-16-be"), ("\ufeff", "utf-32-be"), ("\ufeff", "utf-16-le")]
)
def test_the_order_of_the_bytes_is_that_of_the_mark(tmp_path: Path, mark: str, encoding: str):
    assert cells(opened(write(tmp_path, (mark + TEXT).encode(encoding)))) == LABELS


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "label\ncafé\n“x”\n"), ("latin-1", "label\ncafé\nß\n"), ("gb18030", "label\n日本\n😀\n"),
        ("shift_jis", "label\n日本\nネコ\n"), ("cp949", "label\n고양이\n개\n"), ("utf-16-le", TEXT),
        ("utf-16-be", TEXT), ("utf-8", TEXT), ("utf-7", TEXT), ("UTF8", TEXT), ("koi8-r", "label\nкот\nпёс\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [8 << 20, 1, 3])
def test_an_encoding_can_be_named(tmp_path: Path, monkeypatch, encoding: str, text: str, size: int):
    monkeypatch.setattr(_text, "BLOCK_BYTES", size)
    assert cells(opened(write(tmp_path, text.encode(encoding)), encoding=encoding)) == text.split()[1:]


@pytest.mark.parametrize("encoding", ["no-such", "base64", "rot13", "zlib", "idna", "undefined", "nul\0", ""])
def test_an_unknown_encoding_is_wrong_usage(tmp_path: Path, encoding: str):
    assert "there is no encoding named" in complaint(write(tmp_path, TEXT), UsageError, encoding=encoding)


def test_a_byte_order_mark_counts_more_than_the_encoding_that_is_named(tmp_path: Path):
    assert cells(opened(write(tmp_path, TEXT.encode("utf-16")), encoding="cp1252")) == LABELS


@pytest.mark.parametrize("size", [8 << 20, 64, 1])
@pytest.mark.parametrize("offset", [6, 70, 700])
def test_a_byte_that_is_not_utf_8_is_named_with_its_offset(tmp_path: Path, monkeypatch, size: int, offset: int):
    monkeypatch.setattr(_text, "BLOCK_BYTES", size)
    content = bytearray(b"label\n" + b"cat\n" * 300)
    content[offset] = 0xE9
    said = complaint(write(tmp_path, bytes(content)), InputError)
    assert f"not valid UTF-8: byte 0xe9 at byte {offset:,}" in said
    assert "--encoding cp1252" in said


def test_the_offset_counts_the_byte_order_mark(tmp_path: Path):
    assert "byte 0xff at byte 10" in complaint(write(tmp_path, b"\xef\xbb\xbflabel\nc\xff\n"), InputError)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "猫科动物，狗"), ("cp949", "고양이과"), ("shift_jis", "ネコ科の動物"), ("cp1252", "café"),
        ("cp1252", "“déjà vu” – ¾"),
    ],
)  # fmt: skip
def test_the_likely_encoding_is_in_the_hint(tmp_path: Path, encoding: str, text: str):
    lines = "label\n" + "ascii only\n" * 20_000 + f"{text}\n" * 20
    assert f"--encoding {encoding}" in complaint(write(tmp_path, lines.encode(encoding)), InputError)


@pytest.mark.parametrize("size", [8 << 20, 3])
def test_bytes_that_are_not_valid_in_another_encoding_are_named_with_their_offset(
    tmp_path: Path, monkeypatch, size: int
):
    monkeypatch.setattr(_text, "BLOCK_BYTES", size)
    content = "label\ncat\n".encode("utf-16-le") + b"\x00\xd8\x41\x00"
    said = complaint(write(tmp_path, b"\xff\xfe" + content), InputError)
    assert "not valid UTF-16-LE: byte 0x00 at byte 22" in said
    assert "byte 0x81 at byte 6" in complaint(write(tmp_path, b"label\n\x81\n"), InputError, encoding="cp1252")


@pytest.mark.parametrize("size", [8 << 20, 8, 1])
def test_a_nul_byte_is_refused_with_its_offset(tmp_path: Path, monkeypatch, size: int):
    monkeypatch.setattr(_text, "BLOCK_BYTES", size)
    path = write(tmp_path, b"label\ncat\nd\0g\n")
    assert "holds a NUL byte at byte 11" in complaint(path, InputError, input_format="csv")
    marked = write(tmp_path, b"\xff\xfe" + "label\nd\0g\n".encode("utf-16-le"))
    assert "holds a NUL byte at byte 16" in complaint(marked, InputError, input_format="csv")


def test_utf_16_without_a_mark_is_recognised_and_the_flag_is_said(tmp_path: Path):
    for encoding in ("utf-16-le", "utf-16-be"):
        path = write(tmp_path, "label\ncat\ndog\n".encode(encoding))
        assert f"--encoding {encoding}" in complaint(path, InputError)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_carriage_returns_alone_end_lines(tmp_path: Path, encoding: str):
    text = "label\rcafé\r\rdog\r"
    assert cells(opened(write(tmp_path, text.encode(encoding)))) == ["café", None, "dog"]


def test_a_carriage_return_within_a_line_is_part_of_the_cell(tmp_path: Path):
    assert cells(opened(write(tmp_path, "label\na\rb\r\nc\n"))) == ["a\rb", "c"]


def test_a_line_that_does_not_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_text, "MAX_LINE", 1000)
    monkeypatch.setattr(_text, "BLOCK_BYTES", 100)
    for encoding in ("utf-8", "utf-16"):
        path = write(tmp_path, ("label\n" + "x" * 5000 + "\n").encode(encoding))
        assert "a line of more than 1,000 bytes" in complaint(path, InputError, header=True)


def test_half_a_surrogate_pair_of_a_lenient_encoding_is_refused(tmp_path: Path):
    path = write(tmp_path, "label\n\\ud800\n")
    assert "half a surrogate pair" in complaint(path, InputError, encoding="unicode_escape")


ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "gb18030"])


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff")), ENCODINGS, st.integers(1, 20)
)
def test_blocks_are_the_text_as_python_decodes_it_and_end_at_line_ends(tmp_path, text, encoding, size):
    path = write(tmp_path, text.encode(encoding))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_text, "BLOCK_BYTES", size)
        found = blocks(path, encoding=encoding)
        pieces = list(text_pieces(Source(str(path), path), Options(encoding=encoding)))
    assert b"".join(found).decode() == "".join(pieces) == text
    assert all(block.endswith(b"\n") for block in found[:-1])
