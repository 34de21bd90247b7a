from __future__ import annotations

from bot.nlu.training.fingerprint import Built, fingerprint_of


def test_any_changed_renamed_or_added_file_changes_the_fingerprint(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.yml").write_text("uno")
    prints = [fingerprint_of([folder], packages=())]

    (folder / "a.yml").write_text("due")
    prints.append(fingerprint_of([folder], packages=()))
    (folder / "a.yml").rename(folder / "b.yml")
    prints.append(fingerprint_of([folder], packages=()))
    (folder / "c.yml").write_text("")
    prints.append(fingerprint_of([folder], packages=()))

    assert len(set(prints)) == 4


def test_touching_a_file_or_compiling_it_changes_nothing(tmp_path):
    (tmp_path / "a.yml").write_text("uno")
    before = fingerprint_of([tmp_path], packages=())

    (tmp_path / "a.yml").write_text("uno")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("x")

    assert fingerprint_of([tmp_path], packages=()) == before


def test_a_package_that_is_not_installed_has_a_fingerprint_too(tmp_path):
    assert fingerprint_of([tmp_path], packages=("no-such-package",)) != fingerprint_of([tmp_path], packages=())


def test_what_was_built_is_remembered_and_a_damaged_record_is_none(tmp_path):
    Built("m.tar.gz", "abc").save(tmp_path)
    assert Built.read(tmp_path) == Built("m.tar.gz", "abc")

    (tmp_path / "built.json").write_text("{}")
    assert Built.read(tmp_path) is None
