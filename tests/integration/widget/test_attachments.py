"""Files through the widget's API: uploaded, carried by a message, read by customer and operator, removed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from bot.app import Parts, build_parts, create_app
from bot.core.errors import Unavailable
from bot.services.attachments import Attachments
from bot.settings import Settings
from bot.storage.attachment_files import FolderFiles
from bot.storage.attachments import SqlAttachments
from bot.storage.tables import attachment, audit_entry, conversation, message
from tests.fakes import FakeClock, FakeMind, a_brand
from tests.files import PDF, PNG, REFUSED, TAKEN
from tests.integration.widget.test_widget_api import Customer, says_how_to_mend

LIMIT = 5000
PASSWORD = "una password lunga e tranquilla"


@pytest.fixture
def mind() -> FakeMind:
    return FakeMind()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def parts(tmp_path: Path, mind: FakeMind, clock: FakeClock) -> Parts:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/widget.db",
        listen_window=0.0,
        state_dir=tmp_path / "state",
        attachment_limit=LIMIT,
    )
    return build_parts(settings, brand=a_brand(), mind=mind, clock=clock)


@pytest.fixture
def client(parts: Parts) -> Iterator[TestClient]:
    app = create_app(parts, admin_password=PASSWORD)
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


@pytest.fixture
def anna(client: TestClient) -> Sender:
    return Sender(client)


class Sender(Customer):
    """A customer who sends files."""

    def upload(self, content: bytes = PNG, name: str = "foto.png", declared: str = "image/png", **more: Any) -> Any:
        files = {"file": (name, content, declared), **more}
        return self.client.post("/api/widget/attachments", files=files, headers=self.headers)

    def uploaded(self, content: bytes = PNG, name: str = "foto.png") -> str:
        answer = self.upload(content, name)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def post(self, content: bytes, content_type: str) -> Any:
        headers = {**self.headers, "Content-Type": content_type}
        return self.client.post("/api/widget/attachments", content=content, headers=headers)

    def download(self, attachment_id: str) -> Any:
        return self.client.get(f"/api/widget/attachments/{attachment_id}", headers=self.headers)


class FullDisk(FolderFiles):
    """A disk that fills up in the middle of a file."""

    def write(self, attachment_id: str, content: BinaryIO) -> None:
        self._beside(attachment_id).write_bytes(content.read(10))
        raise Unavailable("disk_full")


def on_disk(parts: Parts) -> list[str]:
    folder = parts.settings.state_dir / "attachments"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def noted(parts: Parts) -> int:
    with parts.engine.connect() as session:
        return int(session.execute(select(func.count()).select_from(attachment)).scalar_one())


def refused(answer: Any, status: int, code: str) -> bool:
    return (answer.status_code, answer.json()["error"]["code"]) == (status, code) and says_how_to_mend(answer)


@pytest.mark.parametrize("media_type", TAKEN)
def test_a_file_is_kept_as_what_its_content_says(anna: Sender, parts: Parts, media_type: str):
    answer = anna.upload(TAKEN[media_type], "senza nome", "application/x-whatever")

    kept = answer.json()
    assert answer.status_code == 201
    assert kept.keys() == {"id", "name", "type", "size"}
    assert (kept["type"], kept["size"]) == (media_type, len(TAKEN[media_type]))
    assert on_disk(parts) == [kept["id"]]
    assert (parts.settings.state_dir / "attachments" / kept["id"]).read_bytes() == TAKEN[media_type]


@pytest.mark.parametrize("kind", REFUSED)
def test_other_kinds_are_refused_whatever_they_call_themselves(anna: Sender, parts: Parts, kind: str):
    answer = anna.upload(REFUSED[kind], "foto.png", "image/png")

    assert refused(answer, 415, "attachment_type")
    assert on_disk(parts) == []
    assert noted(parts) == 0


def test_the_limit_holds_to_the_byte(anna: Sender, parts: Parts):
    largest = PDF.ljust(LIMIT, b" ")

    assert anna.upload(largest).status_code == 201
    assert refused(anna.upload(largest + b" "), 413, "attachment_too_large")
    assert refused(anna.upload(largest.ljust(100_000)), 413, "body_too_large")
    assert len(on_disk(parts)) == 1


def test_a_body_that_never_says_how_long_it_is_meets_the_limit_too(anna: Sender, parts: Parts):
    def endless() -> Iterator[bytes]:
        yield b'--XX\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n' + PNG
        for _ in range(200):
            yield b" " * 1000

    headers = {**anna.headers, "Content-Type": "multipart/form-data; boundary=XX"}
    answer = anna.client.post("/api/widget/attachments", content=endless(), headers=headers)

    assert refused(answer, 413, "body_too_large")
    assert on_disk(parts) == []


def test_an_empty_file_a_missing_one_and_several_are_refused(anna: Sender):
    other = ("altra.png", PNG, "image/png")
    nothing = anna.client.post("/api/widget/attachments", files={"photo": other}, headers=anna.headers)

    assert refused(anna.upload(b""), 422, "attachment_empty")
    assert refused(nothing, 422, "attachment_missing")
    assert refused(anna.upload(file2=other), 422, "attachments_at_once")


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"", "multipart/form-data; boundary=XX", 400),
        (b"--XX\r\nContent-Disp", "multipart/form-data; boundary=XX", 400),
        (b'--XX\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc', "multipart/form-data", 400),
        (b"\x00\xff" * 50, "multipart/form-data; boundary=XX", 400),
        (b"{}", "application/json", 415),
        (PNG, "image/png", 415),
    ],
)
def test_a_body_that_is_no_form_is_refused_and_the_next_upload_works(
    anna: Sender, content: bytes, content_type: str, status: int
):
    answer = anna.post(content, content_type)

    assert answer.status_code == status
    assert says_how_to_mend(answer)
    assert anna.upload().status_code == 201


def test_without_a_token_nothing_is_kept_nor_given(client: TestClient, anna: Sender, parts: Parts):
    known = anna.uploaded()
    anna.headers = {"Authorization": "Bearer nope"}

    assert refused(anna.upload(), 401, "token_unknown")
    assert refused(anna.download(known), 401, "token_unknown")
    assert refused(client.get(f"/api/widget/attachments/{known}"), 401, "token_missing")
    assert on_disk(parts) == [known]


def test_a_full_disk_is_told_and_leaves_no_half_file(parts: Parts, clock: FakeClock):
    files = FullDisk(parts.settings.state_dir / "attachments")
    parts.attachments = Attachments(book=SqlAttachments(parts.engine), files=files, clock=clock, limit=LIMIT)
    with TestClient(create_app(parts), raise_server_exceptions=False) as client:
        anna = Sender(client)

        answer = anna.upload()

        assert refused(answer, 503, "disk_full")
        assert answer.headers["retry-after"]
        assert on_disk(parts) == []
        assert noted(parts) == 0
        assert anna.send("il resto funziona?").status_code == 202


def test_a_message_carries_its_files_and_the_bot_is_told(anna: Sender, mind: FakeMind):
    first, second = anna.uploaded(PNG, "divano.png"), anna.uploaded(PDF, "ricevuta.pdf")

    assert anna.send("ecco le prove", attachments=[second, first, second]).status_code == 202

    carried = [
        {"id": second, "name": "ricevuta.pdf", "type": "application/pdf", "size": len(PDF)},
        {"id": first, "name": "divano.png", "type": "image/png", "size": len(PNG)},
    ]
    assert anna.wait_for(2)[0]["attachments"] == carried
    assert mind.thought[0].incoming[0].extra["attachments"] == carried
    assert Customer(anna.client, resume=anna.opened["token"]).opened["messages"][0]["attachments"] == carried


def test_files_may_come_without_a_word(anna: Sender):
    only = anna.uploaded()

    assert anna.send("", attachments=[only]).status_code == 202
    messages = anna.wait_for(2)

    assert (messages[0]["text"], len(messages[0]["attachments"])) == ("", 1)
    assert messages[1]["author"] == "bot"


def test_a_message_without_files_does_not_speak_of_any(anna: Sender):
    anna.send("ciao", attachments=[])

    assert "attachments" not in anna.wait_for(2)[0]


def test_a_message_with_a_file_that_is_not_the_customers_is_not_stored(client: TestClient, anna: Sender):
    stolen, own = Sender(client).uploaded(), anna.uploaded()

    for wrong in (stolen, str(uuid4()), "", "../../etc/passwd"):
        assert refused(anna.send("guarda", attachments=[own, wrong]), 422, "attachment_unknown")
    assert anna.read()["messages"] == []
    assert anna.send("guarda", attachments=[own]).status_code == 202


def test_a_file_is_sent_once_but_its_message_as_often_as_one_likes(anna: Sender):
    file, message_id = anna.uploaded(), str(uuid4())
    anna.send("guarda", message_id=message_id, attachments=[file])

    assert anna.send("guarda", message_id=message_id, attachments=[file]).status_code == 202
    assert refused(anna.send("di nuovo", attachments=[file]), 422, "attachment_used")
    assert len(anna.wait_for(2)) == 2


def test_ten_files_fit_in_a_message_and_eleven_do_not(anna: Sender):
    files = [anna.uploaded() for _ in range(11)]

    assert refused(anna.send("tutte", attachments=files), 422, "attachments_too_many")
    assert anna.send("quasi tutte", attachments=files[:10]).status_code == 202
    assert len(anna.wait_for(2)[0]["attachments"]) == 10


def test_nobody_fills_the_disk_with_files_that_are_never_sent(anna: Sender, client: TestClient):
    kept = [anna.uploaded() for _ in range(30)]

    assert refused(anna.upload(), 429, "attachment_unsent")
    assert Sender(client).upload().status_code == 201
    anna.send("eccone alcune", attachments=kept[:5])
    assert anna.upload().status_code == 201


def test_the_customer_gets_the_own_files_back_and_nobody_elses(client: TestClient, anna: Sender):
    image, paper = anna.uploaded(PNG, "il mio divano.png"), anna.uploaded(PDF, "ricevuta.pdf")

    shown, saved = anna.download(image), anna.download(paper)

    assert (shown.content, shown.headers["content-type"]) == (PNG, "image/png")
    assert shown.headers["content-disposition"] == "inline; filename*=UTF-8''il%20mio%20divano.png"
    assert (saved.content, saved.headers["content-type"]) == (PDF, "application/pdf")
    assert saved.headers["content-disposition"].startswith("attachment;")
    for answer in (shown, saved):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
    assert refused(Sender(client).download(image), 404, "not_found")
    assert refused(anna.download(str(uuid4())), 404, "not_found")


def test_the_files_are_nowhere_on_the_site(client: TestClient, anna: Sender):
    file = anna.uploaded()

    for path in (f"/attachments/{file}", f"/state/attachments/{file}", f"/console/static/{file}", f"/{file}"):
        assert client.get(path).status_code in (303, 404)


def test_an_operator_opens_a_file_from_the_transcript_and_that_is_written_down(anna: Sender, parts: Parts):
    file = anna.uploaded(PNG, "<img src=x onerror=alert(1)>.png")
    anna.send("", attachments=[file])
    anna.wait_for(2)
    operator = sign_in(anna.client)

    page = operator.get(f"/console/conversations/{anna.opened['conversation_id']}").text
    opened = operator.get(f"/console/attachments/{file}")

    assert f'href="/console/attachments/{file}"' in page
    assert "&lt;img src=x onerror=alert(1)&gt;.png" in page
    assert "<img src=x" not in page
    assert "Messaggio senza testo" not in page
    assert "Che cosa ha capito il bot" not in page
    assert (opened.status_code, opened.content) == (200, PNG)
    assert opened.headers["content-disposition"].startswith("inline;")
    assert opened.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in opened.headers["content-security-policy"]
    assert operator.get(f"/console/attachments/{uuid4()}").status_code == 404
    with parts.engine.connect() as session:
        viewed = select(audit_entry.c.subject).where(audit_entry.c.action == "attachment_viewed")
        assert session.execute(viewed).scalars().all() == [file]


def test_the_console_gives_a_stranger_no_file(client: TestClient, anna: Sender):
    answer = client.get(f"/console/attachments/{anna.uploaded()}")

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/console/login")
    assert PNG not in answer.content


def test_after_a_day_only_files_that_a_message_carries_are_left(anna: Sender, parts: Parts, clock: FakeClock):
    carried, _forgotten = anna.uploaded(), anna.uploaded()
    anna.send("guarda", attachments=[carried])
    clock.advance(hours=23)
    fresh = anna.uploaded()
    clock.advance(hours=2)

    (job,) = [job for job in parts.jobs() if job.do == parts.attachments.sweep]

    assert job.do() == 1
    assert on_disk(parts) == sorted([carried, fresh])
    assert noted(parts) == 2


def test_what_a_crash_left_half_written_goes_with_the_sweep(anna: Sender, parts: Parts, clock: FakeClock):
    crashed = anna.uploaded()
    folder = parts.settings.state_dir / "attachments"
    (folder / crashed).rename(folder / f"{crashed}.part")
    clock.advance(hours=25)

    parts.attachments.sweep()

    assert on_disk(parts) == []
    assert noted(parts) == 0


def test_erasing_a_conversation_takes_its_files_out_of_disk_book_and_messages(
    client: TestClient, anna: Sender, parts: Parts
):
    sent, unsent, others = anna.uploaded(), anna.uploaded(), Sender(client).uploaded()
    anna.send("la mia carta d'identità", attachments=[sent])
    anna.wait_for(2)

    assert parts.attachments.erase_conversation(conversation_row(parts, anna).id) == 2

    assert on_disk(parts) == [others]
    assert [refused(anna.download(file), 404, "not_found") for file in (sent, unsent)] == [True, True]
    assert anna.read()["messages"][0]["text"] == "la mia carta d'identità"
    with parts.engine.connect() as session:
        extras = session.execute(select(message.c.extra)).scalars().all()
    assert not any("attachments" in extra for extra in extras)


def test_erasing_a_customer_takes_the_files_of_all_their_conversations(client: TestClient, anna: Sender, parts: Parts):
    anna.uploaded()
    others = Sender(client).uploaded()

    assert parts.attachments.erase_customer(conversation_row(parts, anna).customer_id) == 1
    assert parts.attachments.erase_customer(conversation_row(parts, anna).customer_id) == 0
    assert on_disk(parts) == [others]


def conversation_row(parts: Parts, customer: Customer) -> Any:
    query = select(conversation).where(conversation.c.public_id == customer.opened["conversation_id"])
    with parts.engine.connect() as session:
        return session.execute(query).one()


def sign_in(client: TestClient) -> TestClient:
    csrf = re.search(r'name="csrf" value="([^"]+)"', client.get("/console/login").text)
    assert csrf
    form = {"csrf": csrf.group(1), "email": "admin@localhost", "password": PASSWORD}
    assert client.post("/console/login", data=form).status_code == 303
    return client
