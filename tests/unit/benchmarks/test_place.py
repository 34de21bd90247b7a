"""Folders and variables of measured processes."""

from __future__ import annotations

from benchmarks.place import ENCODER, LINEAR, environment, kinds_in, make_place


def trained(folder, *, encoder: bool):
    (folder / ENCODER / "one").mkdir(parents=True)
    (folder / "20260101-teorema.tar.gz").touch()
    if encoder:
        (folder / ENCODER / "current.json").write_text('{"folder": "one"}')
    return folder


def test_the_encoder_is_measured_when_there_is_an_active_one(tmp_path):
    assert kinds_in(trained(tmp_path / "a", encoder=True)) == (LINEAR, ENCODER)
    assert kinds_in(trained(tmp_path / "b", encoder=False)) == (LINEAR,)


def test_the_linear_model_is_measured_without_the_encoder_beside_it(tmp_path):
    models = trained(tmp_path / "models", encoder=True)
    linear = make_place(tmp_path / "linear", models=models, kind=LINEAR)
    both = make_place(tmp_path / "both", models=models, kind=ENCODER)

    assert (linear / "models" / "20260101-teorema.tar.gz").is_file()
    assert not (linear / "models" / ENCODER).exists()
    assert (both / "models" / ENCODER / "current.json").is_file()


def test_a_measured_service_has_default_settings_whatever_is_set_here(monkeypatch):
    monkeypatch.setenv("TEOREMA_DATABASE_URL", "postgresql://elsewhere")
    monkeypatch.setenv("TEOREMA_LISTEN_WINDOW", "9")
    variables = environment()

    assert "TEOREMA_DATABASE_URL" not in variables
    assert variables["TEOREMA_LISTEN_WINDOW"] == "0"
    assert variables["TEOREMA_ENCODER_TRAINING"] == "false"
