"""WebDataset: tar shards, streamed; members that share a name are one sample."""

import io
import json
import tarfile

import pytest

from tests.readers.folders import asked, counted, put


def tar(path, members, mode="w"):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, content in members:
            header = tarfile.TarInfo(name)
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
    return put(path, buffer.getvalue())


def samples(labels, extension="cls"):
    return [m for i, label in enumerate(labels) for m in ((f"{i:04}.jpg", b"\xff"), (f"{i:04}.{extension}", label))]


def test_class_members_are_the_labels_over_several_shards(tmp_path):
    first = tar(tmp_path / "a.tar", samples([b"0", b"1", b"1"]))
    second = tar(tmp_path / "b.tar", samples([b"1", b"2\n"]))
    assert counted(first, second) == {"0": 1, "1": 3, "2": 1}


def test_members_of_json_are_columns(tmp_path):
    rows = [json.dumps({"label": label, "id": i}).encode() for i, label in enumerate(["cat", "dog", "cat"])]
    assert counted(tar(tmp_path / "a.tar", samples(rows, "json")), label="label") == {"cat": 2, "dog": 1}


def test_a_compressed_shard_is_read(tmp_path):
    assert counted(tar(tmp_path / "a.tar.gz", samples([b"0", b"1", b"0"]), "w:gz")) == {"0": 2, "1": 1}


@pytest.mark.parametrize("name", ["../../evil.cls", "/etc/evil.cls"])
def test_nothing_is_extracted_whatever_the_names(tmp_path, name):
    tar(tmp_path / "a.tar", [(name, b"1"), ("0001.cls", b"0"), ("0002.cls", b"0")])
    before = sorted(p.name for p in tmp_path.iterdir())
    assert counted(tmp_path / "a.tar")["0"] == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_a_shard_without_labels_and_one_that_is_cut_off_are_refused(tmp_path):
    assert asked(tar(tmp_path / "a.tar", [(f"{i}.jpg", b"\xff") for i in range(3)]))
    whole = tar(tmp_path / "b.tar", samples([b"0"] * 50)).read_bytes()
    assert asked(put(tmp_path / "c.tar", whole[: len(whole) // 2 + 100]))


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ([("a.cls", b"0"), ("b.cls", b"1"), ("a.txt", b"x"), ("a.cls", b"0")], "do not stand together"),
        ([("a.cls", b"0"), ("a.cls", b"1")], "twice"),
        ([("a.cls", b"\xff\xfe")], "no UTF-8 text"),
        ([("a.json", b"{broken")], "not valid JSON"),
        ([("a.json", b"[1]")], "no object"),
    ],
)
def test_members_that_make_no_sample_are_named(tmp_path, members, said):
    assert said in asked(tar(tmp_path / "a.tar", members))


def test_members_without_a_dot_and_samples_without_a_label_are_no_labels(tmp_path):
    members = [
        ("README", b"x"),
        ("0.jpg", b"x"),
        ("0.cls", b"a"),
        ("1.jpg", b"x"),
        ("2.cls", b"a"),
        ("_meta.cls", b"z"),
    ]
    from tests.readers.folders import examined

    labels, _ = examined(tar(tmp_path / "a.tar", members))
    assert {row.name: row.count for row in labels.classes} == {"a": 2}
    assert labels.n_missing == 1


def test_limits_on_members_and_their_size(tmp_path, monkeypatch):
    from imbalance_doctor.readers import webdataset

    path = tar(tmp_path / "a.tar", samples([b"0"] * 20))
    monkeypatch.setattr(webdataset, "MAX_LABEL", 0)
    assert "bytes long" in asked(path)
    monkeypatch.undo()
    monkeypatch.setattr(webdataset, "MAX_MEMBERS", 10)
    assert "more than 10 members" in asked(path)


def test_a_shard_cut_off_between_two_members_is_refused(tmp_path):
    block = 512
    whole = tar(tmp_path / "a.tar", [(f"{i}.cls", b"1") for i in range(6)]).read_bytes()
    assert counted(tmp_path / "a.tar") == {"1": 6}
    assert "without its end mark" in asked(put(tmp_path / "b.tar", whole[: 3 * 2 * block]))


def test_a_damaged_header_is_not_taken_for_the_end(tmp_path):
    whole = bytearray(tar(tmp_path / "a.tar", [(f"{i}.cls", b"1") for i in range(6)]).read_bytes())
    whole[3 * 2 * 512] ^= 1
    assert "after member 3" in asked(put(tmp_path / "b.tar", bytes(whole)))


def test_a_sample_without_the_member_of_the_others_has_no_label(tmp_path):
    from tests.readers.folders import examined

    members = [("0.jpg", b"x"), ("0.json", b'{"label": "a"}'), ("1.jpg", b"x"), ("2.json", b'{"label": "a"}')]
    labels, _ = examined(tar(tmp_path / "a.tar", members), label="label")
    assert (labels.classes[0].count, labels.n_missing) == (2, 1)


def test_an_archive_without_samples_is_refused(tmp_path):
    assert "without .cls or .json members" in asked(tar(tmp_path / "a.tar", [("README", b"x")]))


def test_only_so_many_samples_are_remembered(tmp_path, monkeypatch):
    members = [("a.cls", b"0"), ("b.cls", b"1"), ("c.cls", b"1"), ("b.cls2", b"2")]
    path = tar(tmp_path / "a.tar", members)
    assert "'/b'" in asked(path)
    monkeypatch.setattr("imbalance_doctor.readers.webdataset.MAX_REMEMBERED", 1)
    assert counted(path) == {"0": 1, "1": 2}
