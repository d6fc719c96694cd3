"""Mails as offices send them, and as they should not be: text, files, dates, nothing run."""

import contextlib
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.errors import KnownError
from console.intake import mail
from console.intake.mail import read_mail, words_of
from tests.conftest import SAMPLES

POST = SAMPLES / "posta"


def _written(tmp_path: Path, content: bytes, name: str = "zprava.eml") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_encoded_subject_and_text_are_read() -> None:
    found = read_mail(POST / "blokace.eml")
    assert found.subject == "Ztráta telefonu – prosím blokovat SIM"
    assert "okamžitou blokaci" in found.text
    assert found.sender == "kontakt1@urad.example"
    assert found.message_id == "blokace@urad.example"
    assert found.sent_at == datetime(2026, 11, 23, 15, 55, tzinfo=UTC)


def test_windows_charset_is_read() -> None:
    assert "žádáme o změnu tarifu" in read_mail(POST / "zmena-tarifu-12-cisel.eml").text


def test_plain_text_goes_before_html_and_files_are_kept() -> None:
    found = read_mail(POST / "reklamace-vyuctovani.eml")
    assert "účtovaný roaming" in found.text
    assert "alert" not in found.text
    (file,) = found.attachments
    assert (file.name, file.content[:5]) == ("vyuctovani.pdf", b"%PDF-")


def test_html_alone_gives_its_words_and_no_script(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.example", "x"
    message.set_content(
        "<head><title>t</title><style>p{}</style></head><p>Dobrý&nbsp;den,</p><script>alert(1)"
        "</script><div>blok <b>799 000 005</b><img src='http://zlo.example/x.png'></div>",
        subtype="html",
    )
    text = read_mail(_written(tmp_path, bytes(message))).text
    assert text.split("\n") == ["Dobrý den,", "blok 799 000 005"]


@pytest.mark.parametrize("charset", [b"utf-8", b"x-neznamy", b"us-ascii"])
def test_wrong_charset_is_read_as_windows_would(tmp_path: Path, charset: bytes) -> None:
    head = b"From: a@b.example\nSubject: s\nContent-Type: text/plain; charset=" + charset + b"\n\n"
    assert read_mail(_written(tmp_path, head + "žluťoučký".encode("cp1250"))).text == "žluťoučký"


def test_replies_name_what_they_answer_the_nearest_first(tmp_path: Path) -> None:
    head = b"From: a@b.example\nSubject: Re\nIn-Reply-To: <b@x>\nReferences: <a@x> <b@x>\n\ntext"
    assert read_mail(_written(tmp_path, head)).replies_to == ("b@x", "a@x")


def test_name_of_a_file_cannot_leave_its_folder(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "a@b.example"
    message.set_content("x")
    message.add_attachment(b"1", maintype="a", subtype="b", filename="../../etc/passwd")
    message.add_attachment(b"2", maintype="a", subtype="b", filename="C:\\windows\\cmd.exe")
    found = read_mail(_written(tmp_path, bytes(message)))
    assert [file.name for file in found.attachments] == ["passwd", "cmd.exe"]


def test_mail_over_the_cap_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "LARGEST", 100)
    with pytest.raises(KnownError) as caught:
        read_mail(_written(tmp_path, b"From: a@b.example\n\n" + b"x" * 200))
    assert caught.value.code == "mail-too-large"


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 400, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 60]
)
def test_what_is_no_mail_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        read_mail(_written(tmp_path, content, "zprava.msg"))
    assert caught.value.code == "mail-not-a-mail"
    assert "Nothing was changed" in caught.value.message


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        read_mail(tmp_path / "nikde.eml")
    assert caught.value.code == "file-unreadable"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 900), noise=st.binary(max_size=40))
def test_broken_mime_gives_a_mail_or_a_word(tmp_path: Path, cut: int, noise: bytes) -> None:
    whole = (POST / "reklamace-vyuctovani.eml").read_bytes()
    path = _written(tmp_path, whole[:cut] + noise + whole[cut + 20 :])
    with contextlib.suppress(KnownError):
        assert isinstance(read_mail(path).text, str)


@given(st.text(max_size=200))
def test_words_of_any_html_hold_no_tag_of_a_script(html: str) -> None:
    assert "<script" not in words_of(f"{html}<script>alert(1)</script>")


@pytest.mark.parametrize("charset", ["utf-8", "cp1250", "iso8859-2"])
def test_bare_bytes_in_a_header_are_read(tmp_path: Path, charset: str) -> None:
    head = "From: Šárka Řehořová <a@b.example>\nSubject: Žádost o změnu čísla\n\ntext"
    found = read_mail(_written(tmp_path, head.encode(charset)))
    assert found.subject == "Žádost o změnu čísla"
    assert (found.sender_name, found.sender) == ("Šárka Řehořová", "a@b.example")


def test_mail_itself_is_kept_as_it_came(tmp_path: Path) -> None:
    content = b"From: a@b.example\nSubject: s\n\ntext"
    found = read_mail(_written(tmp_path, content)).original
    assert found is not None
    assert (found.name, found.media_type, found.content) == (
        "zprava.eml",
        "message/rfc822",
        content,
    )
