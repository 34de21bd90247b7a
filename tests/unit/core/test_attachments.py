import pytest

from bot.core.attachments import HEAD, display_name, media_type_of
from tests.files import REFUSED, TAKEN


@pytest.mark.parametrize("media_type", TAKEN)
def test_a_file_is_what_its_first_bytes_say(media_type):
    assert media_type_of(TAKEN[media_type][:HEAD]) == media_type


@pytest.mark.parametrize("kind", REFUSED)
def test_every_other_kind_is_not_ours(kind):
    assert media_type_of(REFUSED[kind][:HEAD]) is None


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("scontrino.jpg", "scontrino.jpg"),
        ("FOTO 1.JPEG", "FOTO 1.JPEG"),
        ("perché no?.jpg", "perché no?.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("D:\\Foto\\Anna\\foto.jpg", "foto.jpg"),
        ("virus.exe", "virus.exe.jpg"),
        ("pagina.jpg.html", "pagina.jpg.html.jpg"),
        ("a\x00b\r\nc\t.jpg", "ab c.jpg"),
        ("gpj.\u202eexe", "gpj.exe.jpg"),
        ("  ..nascosto..jpg ", "nascosto.jpg"),
        ("\ud800", "file.jpg"),
        ("", "file.jpg"),
        ("...", "file.jpg"),
        ("/", "file.jpg"),
        ("e\u0300.jpg", "è.jpg"),
    ],
)
def test_a_name_is_shown_without_what_could_mislead(given, shown):
    assert display_name(given, "image/jpeg") == shown


def test_a_long_name_is_cut_but_keeps_its_suffix():
    name = display_name("è" * 500 + ".pdf", "application/pdf")

    assert len(name) == 120
    assert name.endswith("è.pdf")


def test_a_suffix_follows_the_content_not_the_name():
    assert display_name("bolletta.jpg", "application/pdf") == "bolletta.jpg.pdf"
