"""Which framework wrote a log, by the names of its columns."""

import pytest

from imbalance_doctor.cli import run


@pytest.mark.parametrize(
    ("columns", "framework"),
    [
        (["epoch", "train/box_loss", "metrics/mAP50(B)"], "ultralytics"),
        (["epoch", "iter", "lr", "loss"], "mmengine"),
        (["epoch", "step", "train_loss"], "lightning"),
        (["iteration", "training's binary_logloss"], "lightgbm"),
        (["iteration", "validation_0-logloss"], "xgboost"),
    ],
)
def test_the_columns_tell_who_wrote_it(tmp_path, columns, framework, capsys):
    path = tmp_path / "log.csv"
    rows = [
        ",".join(str(i + 1) if n in ("epoch", "step", "iter", "iteration") else f"{0.9 - i / 20:.3f}" for n in columns)
        for i in range(6)
    ]
    path.write_text("\n".join([",".join(columns), *rows]) + "\n")
    run(["history", str(path), "--fail-on", "never"])
    assert framework in capsys.readouterr().out.split("Metrics")[0]
