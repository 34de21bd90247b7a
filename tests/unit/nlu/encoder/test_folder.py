from pathlib import Path

import pytest

from bot.core.errors import Misconfigured, Unavailable
from bot.nlu.encoder.folder import MANIFEST, NETWORK, Manifest, publishing
from tests.unit.nlu.encoder.tiny import write_folder


class Killed(Exception):
    pass


def publish(folder: Path, text: str) -> None:
    with publishing(folder) as fresh:
        (fresh / "a").write_text(text)


def publish_half(folder: Path) -> None:
    with publishing(folder) as fresh:
        (fresh / "a").write_text("half")
        raise Killed


def test_a_folder_appears_with_everything_in_it(tmp_path):
    publish(tmp_path / "runs" / "encoder", "new")

    assert (tmp_path / "runs" / "encoder" / "a").read_text() == "new"
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["encoder"]


def test_nothing_is_there_before_the_work_is_done(tmp_path):
    with publishing(tmp_path / "encoder") as fresh:
        (fresh / "a").write_text("half")
        assert not (tmp_path / "encoder").exists()


def test_a_failed_attempt_leaves_the_old_folder_and_nothing_else(tmp_path):
    publish(tmp_path / "encoder", "old")

    with pytest.raises(Killed):
        publish_half(tmp_path / "encoder")

    assert (tmp_path / "encoder" / "a").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["encoder"]


def test_a_new_folder_replaces_the_old_one_whole(tmp_path):
    publish(tmp_path / "encoder", "old")
    (tmp_path / "encoder" / "b").write_text("of the old one")

    publish(tmp_path / "encoder", "new")

    assert {path.name: path.read_text() for path in (tmp_path / "encoder").iterdir()} == {"a": "new"}
    assert [path.name for path in tmp_path.iterdir()] == ["encoder"]


def test_what_a_killed_attempt_left_is_cleared_by_the_next(tmp_path):
    (tmp_path / ".encoder.x1.tmp").mkdir()
    (tmp_path / ".encoder.x1.tmp" / NETWORK).write_text("half")

    publish(tmp_path / "encoder", "new")

    assert [path.name for path in tmp_path.iterdir()] == ["encoder"]


def test_the_old_folder_comes_back_if_the_new_one_cannot_take_its_place(tmp_path, monkeypatch):
    publish(tmp_path / "encoder", "old")
    rename = Path.rename

    def refuse_new(self: Path, target: Path) -> Path:
        if target == tmp_path / "encoder" and "old" not in self.name:
            raise OSError("no")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse_new)

    with pytest.raises(OSError, match="no"):
        publish(tmp_path / "encoder", "new")

    assert (tmp_path / "encoder" / "a").read_text() == "old"


def test_a_manifest_is_read_back_equal(tmp_path):
    write_folder(tmp_path / "encoder")

    manifest = Manifest.read(tmp_path / "encoder")

    assert manifest.intents == ("ask", "greet", "thank")
    assert manifest.fingerprint == "abc"
    manifest.check(tmp_path / "encoder")


def test_an_untrained_folder_is_unavailable(tmp_path):
    with pytest.raises(Unavailable, match="no encoder has been trained"):
        Manifest.read(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"intents": ["a"], "surprise": 1}', "{"])
def test_a_damaged_manifest_is_named(tmp_path, text):
    (tmp_path / MANIFEST).write_text(text)

    with pytest.raises(Misconfigured, match=r"encoder\.json: it is damaged"):
        Manifest.read(tmp_path)


def test_a_manifest_of_another_format_asks_for_a_new_training(tmp_path):
    write_folder(tmp_path / "encoder")
    path = tmp_path / "encoder" / MANIFEST
    path.write_text(path.read_text().replace('"format": 1', '"format": 99'))

    with pytest.raises(Misconfigured, match="format 99 instead of 1"):
        Manifest.read(tmp_path / "encoder")
