from bot.console.assets import Assets


def test_an_address_names_the_content(tmp_path):
    (tmp_path / "a.css").write_text("p{}")
    before = Assets.load(tmp_path).path("a.css")
    (tmp_path / "a.css").write_text("p{margin:0}")
    after = Assets.load(tmp_path)

    assert before != after.path("a.css")
    assert after.at(before) is None
    assert after.at(after.path("a.css")).body == b"p{margin:0}"


def test_only_files_of_known_kinds_are_served(tmp_path):
    (tmp_path / "secret.py").write_text("x = 1")

    assert Assets.load(tmp_path).at("/console/static/secret.py") is None
