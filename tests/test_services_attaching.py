"""Attachments: who may, what is kept, versions, and what verify finds."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from core.auth import KEEPER, Actor
from core.domain.attachments import Attachment, Owner, OwnerKind, Sent
from core.errors import ConflictError, DamagedError, ForbiddenError, InputError, NotFoundError
from core.services.attaching import (
    add_attachment,
    attachment_history,
    attachments_of,
    count_attachments,
    open_attachment,
    read_images,
    remove_attachment,
    replace_attachment,
)
from core.services.recording import find_current, void_record
from core.services.verifying import verify
from core.store.engine import Store
from tests.city_examples import (
    AUDITOR,
    CLERK,
    DEPARTMENT_CLERK,
    LEADER,
    LOCAL_CLERK,
    NOW,
    OFFICE,
    OTHER_CLERK,
    enter,
    journal,
    meeting,
    take_in,
)
from tests.file_examples import DOCX_TYPE, PDF, XLSX_TYPE, office_file, photograph, zipped


@pytest.fixture
def owner(store: Store) -> Iterator[Owner]:
    """A record of C1, in either database."""
    take_in(store)
    yield Owner(OwnerKind.RECORD, str(enter(store, meeting()).record_id))
    assert verify(store, KEEPER) == []


@pytest.fixture
def lite_owner(lite_store: Store) -> Owner:
    """A record of C1, in SQLite."""
    take_in(lite_store)
    return Owner(OwnerKind.RECORD, str(enter(lite_store, meeting()).record_id))


def add(
    store: Store, owner: Owner, content: bytes = PDF, name: str = "纪要.pdf", actor: Actor = CLERK
) -> Attachment:
    return add_attachment(store, actor, owner, Sent(name, content), now=NOW)


def test_what_is_added_can_be_opened_byte_for_byte(store: Store, owner: Owner) -> None:
    added = add(store, owner)
    assert open_attachment(store, LEADER, added.version_id) == (added, PDF)
    assert (added.file_name, added.media_type, added.size) == ("纪要.pdf", "application/pdf", len(PDF))
    assert attachments_of(store, OFFICE, owner) == [added]
    assert journal(store)[-1].action == "attachment.added"


def test_sending_the_same_file_twice_keeps_one(store: Store, owner: Owner) -> None:
    first = add(store, owner)
    before = len(journal(store))
    assert add(store, owner, name="另一个名字.pdf") == first
    assert len(journal(store)) == before


def test_the_bytes_of_two_things_are_kept_once(store: Store, owner: Owner) -> None:
    other = Owner(OwnerKind.RECORD, str(enter(store, meeting("2025-05-05", "五月会议")).record_id))
    add(store, owner)
    add(store, other)
    with store.reading() as reader:
        assert reader.session.scalar(text("select count(*) from attachment_blob")) == 1


def test_a_replaced_version_stays_and_can_still_be_opened(store: Store, owner: Owner) -> None:
    first = add(store, owner)
    sent = Sent("纪要（定稿）.pdf", PDF + b"\n%%EOF")
    second = replace_attachment(store, CLERK, first, sent, "定稿", now=NOW)
    assert attachments_of(store, CLERK, owner) == [second]
    assert second.attachment_id == first.attachment_id
    assert [(each.file_name, each.ended) for each in attachment_history(store, CLERK, owner)] == [
        ("纪要.pdf", True),
        ("纪要（定稿）.pdf", False),
    ]
    assert open_attachment(store, CLERK, first.version_id)[1] == PDF


def test_a_removed_attachment_stays_in_the_history_with_its_reason(store: Store, owner: Owner) -> None:
    added = add(store, owner)
    remove_attachment(store, CLERK, added, "传错了", now=NOW)
    assert attachments_of(store, CLERK, owner) == []
    assert [each.ended for each in attachment_history(store, CLERK, owner)] == [True]
    assert journal(store)[-1].reason == "传错了"


def test_whoever_read_an_older_version_cannot_replace_or_remove_a_newer(store: Store, owner: Owner) -> None:
    first = add(store, owner)
    replace_attachment(store, CLERK, first, Sent("x.pdf", PDF + b"\n%%EOF"), "定稿", now=NOW)
    with pytest.raises(ConflictError, match="刚刚被别人"):
        remove_attachment(store, OFFICE, first, "重复", now=NOW)
    with pytest.raises(ConflictError, match="刚刚被别人"):
        replace_attachment(store, OFFICE, first, Sent("y.pdf", PDF + b" %%EOF"), "重复", now=NOW)


@pytest.mark.parametrize("actor", [OTHER_CLERK, LEADER])
def test_who_may_only_see_cannot_add_or_remove(lite_store: Store, lite_owner: Owner, actor: Actor) -> None:
    added = add(lite_store, lite_owner)
    assert attachments_of(lite_store, actor, lite_owner) == [added]
    with pytest.raises(ForbiddenError):
        add(lite_store, lite_owner, PDF + b" %%EOF", actor=actor)
    with pytest.raises(ForbiddenError):
        remove_attachment(lite_store, actor, added, "删", now=NOW)


@pytest.mark.parametrize("actor", [LOCAL_CLERK, DEPARTMENT_CLERK])
def test_a_stranger_to_the_unit_learns_nothing(lite_store: Store, lite_owner: Owner, actor: Actor) -> None:
    added = add(lite_store, lite_owner)
    for attempt in (
        lambda: attachments_of(lite_store, actor, lite_owner),
        lambda: open_attachment(lite_store, actor, added.version_id),
        lambda: read_images(lite_store, actor, [lite_owner]),
        lambda: remove_attachment(lite_store, actor, added, "删", now=NOW),
    ):
        with pytest.raises(NotFoundError):
            attempt()


def test_a_role_without_business_data_opens_nothing(lite_store: Store, lite_owner: Owner) -> None:
    added = add(lite_store, lite_owner)
    with pytest.raises(ForbiddenError):
        open_attachment(lite_store, AUDITOR, added.version_id)


@pytest.mark.usefixtures("lite_owner")
def test_a_thing_that_is_not_there_takes_nothing(lite_store: Store) -> None:
    for number in ("9999", "x", "", "-1"):
        with pytest.raises(NotFoundError):
            add(lite_store, Owner(OwnerKind.RECORD, number))
    with pytest.raises(NotFoundError):
        open_attachment(lite_store, OFFICE, 12345)


def test_a_voided_record_shows_what_it_had_and_takes_no_more(lite_store: Store, lite_owner: Owner) -> None:
    added = add(lite_store, lite_owner)
    found = find_current(lite_store, CLERK, int(lite_owner.number))
    assert found
    void_record(lite_store, CLERK, found[0].record_id, found[1], "误录", now=NOW)
    assert attachments_of(lite_store, CLERK, lite_owner) == [added]
    with pytest.raises(ConflictError, match="已作废"):
        add(lite_store, lite_owner, PDF + b" %%EOF")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b"MZ\x90\x00 not a pdf", "不能作为附件"),
        (b"<html><script>alert(1)</script>", "这是网页"),
        (b"GIF89a" + b"\x00" * 30, "GIF 图片"),
        (zipped({"a.exe": b"MZ"}), "压缩包"),
        (office_file("ms-excel.sheet.macroEnabled.main+xml"), "含宏"),
        (PDF[:40], "不完整"),
        (office_file(DOCX_TYPE)[:-200], "残缺"),
        (photograph()[:300], "损坏"),
        (b"%PDF-" + b"x" * (20 * 1024 * 1024), "超过 20 MB"),
    ],
)
def test_what_is_not_kept_is_refused_with_a_sentence(
    lite_store: Store, lite_owner: Owner, content: bytes, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        add(lite_store, lite_owner, content, name="正常.pdf")
    assert attachments_of(lite_store, CLERK, lite_owner) == []


@pytest.mark.parametrize("content", [office_file(DOCX_TYPE), office_file(XLSX_TYPE), PDF])
def test_documents_are_kept_as_they_were_sent(lite_store: Store, lite_owner: Owner, content: bytes) -> None:
    added = add(lite_store, lite_owner, content, name="通报.exe")
    assert added.file_name.startswith("通报.exe.")
    assert open_attachment(lite_store, CLERK, added.version_id)[1] == content


def test_photographs_are_read_for_documents_and_counted(store: Store, owner: Owner) -> None:
    photo = add(store, owner, photograph("HEIF"), name="IMG_1.HEIC")
    add(store, owner)
    assert photo.file_name == "IMG_1.jpg"
    assert [each for each, _ in read_images(store, OFFICE, [owner])] == [photo]
    assert count_attachments(store, OwnerKind.RECORD, [owner.number, "77"]) == {owner.number: 2}
    assert count_attachments(store, OwnerKind.RECORD, [owner.number], images=True) == {owner.number: 1}


def damage(store: Store, statement: str) -> list[str]:
    with store.unit_of_work("x", NOW) as work:
        work.session.execute(text(statement))
        work.commit()
    return verify(store, KEEPER)


def test_verify_names_a_content_that_was_changed(lite_store: Store, lite_owner: Owner) -> None:
    add(lite_store, lite_owner)
    (said,) = damage(lite_store, "update attachment_blob set content = x'00'")
    assert "已损坏（纪要.pdf）" in said


def test_verify_names_a_content_that_is_gone(lite_store: Store, lite_owner: Owner) -> None:
    added = add(lite_store, lite_owner)
    (said,) = damage(lite_store, "delete from attachment_blob")
    assert "“纪要.pdf”" in said
    assert "缺失" in said
    with pytest.raises(DamagedError, match="内容缺失"):
        open_attachment(lite_store, CLERK, added.version_id)


def test_verify_names_a_content_that_nothing_holds(lite_store: Store, lite_owner: Owner) -> None:
    add(lite_store, lite_owner)
    said = damage(lite_store, "delete from attachment_version")
    assert any("不属于任何附件" in each for each in said)


def test_verify_names_an_attachment_of_a_thing_that_is_not_there(
    lite_store: Store, lite_owner: Owner
) -> None:
    add(lite_store, lite_owner)
    said = damage(lite_store, "update attachment_version set owner_number = '4711'")
    assert "有附件属于不存在的记录“4711”。" in said
