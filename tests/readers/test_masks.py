"""Masks of class ids: pixels, and the images a class is in, which median frequency needs."""

import struct
import zlib

import numpy as np
import pytest

from tests.readers.folders import asked, counted, examined, put

Image = pytest.importorskip("PIL.Image")


@pytest.fixture
def folder(tmp_path):
    """Four masks of 10 x 10; mask i has i rows of class i, and one pixel of 255."""
    (tmp_path / "masks").mkdir()
    for i in range(4):
        mask = np.zeros((10, 10), np.uint8)
        mask[:i] = i
        mask[9, 9] = 255
        Image.fromarray(mask).save(tmp_path / "masks" / f"{i}.png")
    return tmp_path / "masks"


def test_pixels_are_counted_by_class(folder):
    assert counted(folder) == {"0": 400 - 60 - 4, "1": 10, "2": 20, "3": 30, "255": 4}
    assert counted(folder, ignore=("255",)) == {"0": 336, "1": 10, "2": 20, "3": 30}


def test_the_images_that_hold_a_class_are_counted_on_request_and_said_with_their_pixels(folder):
    assert counted(folder, count="images") == {"0": 4, "1": 1, "2": 1, "3": 1, "255": 4}
    assert "1 in 1 images of 100 pixels" in examined(folder)[1]


def test_one_mask_is_read_alone(folder):
    assert counted(folder / "2.png") == {"0": 79, "2": 20, "255": 1}


def test_a_palette_is_read_as_indices_not_colours(tmp_path):
    mask = Image.fromarray(np.array([[0, 1], [1, 2]], np.uint8)).convert("P")
    mask.putpalette([0, 0, 0, 128, 0, 0, 0, 128, 0])
    mask.putdata([0, 1, 1, 2])
    mask.save(tmp_path / "m.png")
    assert counted(tmp_path / "m.png") == {"0": 1, "1": 2, "2": 1}


def test_a_colour_image_and_a_damaged_one_are_refused(tmp_path, folder):
    Image.fromarray(np.zeros((4, 4, 3), np.uint8)).save(tmp_path / "c.png")
    assert "c.png" in asked(tmp_path / "c.png")
    put(folder / "9.png", (folder / "1.png").read_bytes()[:40])
    assert "9.png" in asked(folder)


def test_folders_inside_are_walked_others_are_listed_and_wide_ids_are_read(tmp_path, folder):
    (folder / "more").mkdir()
    Image.fromarray(np.full((2, 2), 700, np.uint16)).save(folder / "more" / "deep.png")
    put(folder / "readme.txt", "x")
    labels, note = examined(folder, input_format="masks")
    assert {row.name: row.count for row in labels.classes}["700"] == 4
    assert "readme.txt" in note


def test_a_folder_without_masks_and_a_mask_beyond_the_limit_are_refused(tmp_path, folder, monkeypatch):
    from imbalance_doctor.readers import masks

    put(tmp_path / "none/readme.txt", "x")
    assert "no PNG image" in asked(tmp_path / "none", input_format="masks")
    monkeypatch.setattr(masks, "MAX_PIXELS", 50)
    assert "pixels" in asked(folder)


def test_pictures_of_many_values_are_asked_about_not_counted_as_classes(tmp_path):
    Image.fromarray(np.arange(256, dtype=np.uint8).reshape(16, 16)).save(tmp_path / "photo.png")
    said = asked(tmp_path / "photo.png")
    assert "256 values" in said
    assert "--input-format masks" in said
    assert len(counted(tmp_path / "photo.png", input_format="masks")) == 256


def test_a_folder_of_png_files_that_is_not_named_for_masks_is_asked_about(folder):
    pictures = folder.rename(folder.parent / "pictures")
    said = asked(pictures)
    assert "masks or just pictures" in said
    assert "--input-format masks" in said
    assert counted(pictures, input_format="masks")["255"] == 4
    assert counted(*sorted(pictures.iterdir())) == counted(pictures, input_format="masks"), "counts of files add up"


def test_pictures_beside_a_label_file_are_not_read(folder):
    pictures = folder.rename(folder.parent / "pictures")
    put(pictures / "labels.csv", "image,label\n" + "".join(f"{i}.png,{'ab'[i % 2]}\n" for i in range(30)))
    assert counted(pictures) == {"a": 15, "b": 15}


def test_folders_nested_without_end_are_refused(folder):
    deep = folder / "/".join("d" * 120)
    deep.mkdir(parents=True)
    assert "100 folders deep" in asked(folder, input_format="masks")


@pytest.mark.parametrize(("bits", "step"), [(2, 85), (4, 17)])
def test_grey_of_few_bits_is_read_as_the_training_reads_it_and_that_is_said(tmp_path, bits, step):
    row = sum(1 << bits * i for i in range(8)).to_bytes(bits, "big")  # eight pixels of value 1
    path = put(tmp_path / "m.png", grey(bits, 8, row, bytes(bits)))
    assert np.unique(np.asarray(Image.open(path))).tolist() == [0, step]
    labels, note = examined(path)
    assert {row.name: row.count for row in labels.classes} == {"0": 8, str(step): 8}
    assert f"0, {step}, {2 * step} …" in note


def grey(bits, width, *rows):
    """A PNG image of one channel, by hand: pillow writes none of 2 or 4 bits."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, len(rows), bits, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
