"""Questions whose answer should be nothing: each damage found is one Chinese sentence."""

from collections.abc import Iterator

from sqlalchemy import func, or_, select, text

from core.store.attachment_rows import AttachmentRow
from core.store.catalogue_rows import AdjustmentRow, CatalogueRow
from core.store.document_rows import DocumentRow
from core.store.hazard_rows import HazardMoveRow, HazardRow
from core.store.matter_rows import FindingRow, LinkRow
from core.store.measure_rows import KeyPeriodRow, MeasureItemRow, MeasureRow, MeasureStepRow
from core.store.member_rows import MemberRow
from core.store.register_rows import (
    EnterpriseDutyRow,
    EnterpriseRow,
    InspectorsRow,
    SpotCheckRow,
    TownRow,
    TownStaffRow,
)
from core.store.reminder_rows import ReminderAddressRow
from core.store.schema import (
    ChangeRow,
    ExemptionRow,
    LeaderRow,
    RecordRow,
    SettingRow,
    UnitRow,
    Versioned,
    ZoneRow,
)
from core.store.unit_of_work import Reader
from core.store.zone_rows import ExperienceRow, ZoneItemRow, ZoneMarkRow, ZonePlanRow, ZoneStepRow

_KEYS: dict[type[Versioned], tuple[str, tuple[str, ...]]] = {
    UnitRow: ("单位", ("code",)),
    LeaderRow: ("领导", ("unit", "name")),
    ZoneRow: ("功能区", ("code",)),
    RecordRow: ("记录", ("unit", "event", "occurred_on", "title", "leader", "measure")),
    ExemptionRow: ("豁免", ("unit", "obligation", "period")),
    SettingRow: ("设置", ("name",)),
    HazardRow: ("隐患", ("code",)),
    HazardMoveRow: ("隐患办理", ("version_id",)),
    MeasureRow: ("督办", ("year", "running_no")),
    MeasureItemRow: ("督办事项", ("version_id",)),
    MeasureStepRow: ("督办办理", ("version_id",)),
    KeyPeriodRow: ("重点时段", ("code",)),
    MemberRow: ("成员单位", ("committee", "member")),
    LinkRow: ("“一件事”环节", ("code",)),
    FindingRow: ("新业态", ("code",)),
    CatalogueRow: ("事项目录", ("year",)),
    AdjustmentRow: ("事项设置", ("year", "obligation")),
    ZoneItemRow: ("规范化清单", ("code",)),
    ZonePlanRow: ("功能区方案", ("version_id",)),
    ZoneMarkRow: ("清单填报", ("version_id",)),
    ZoneStepRow: ("功能区办理", ("version_id",)),
    ExperienceRow: ("经验做法", ("experience_id",)),
    AttachmentRow: ("附件", ("attachment_id",)),
    DocumentRow: ("文书", ("version_id",)),
    ReminderAddressRow: ("提醒地址", ("address_id",)),
    EnterpriseRow: ("企业", ("code",)),
    EnterpriseDutyRow: ("企业履责", ("enterprise", "duty", "done_on", "until")),
    SpotCheckRow: ("四个必查", ("enterprise", "checked_on", "visit", "checked_by")),
    TownRow: ("乡镇街道", ("code",)),
    TownStaffRow: ("乡镇力量", ("town", "counted_on")),
    InspectorsRow: ("技术检查员", ("locality", "counted_on")),
}


def broken_file(reader: Reader) -> Iterator[str]:
    """Damage that SQLite itself finds in its file; PostgreSQL keeps its own."""
    if reader.session.get_bind().dialect.name != "sqlite":
        return
    for (said,) in reader.session.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield f"数据库文件损坏：{said}"
    for table, row, *_ in reader.session.execute(text("PRAGMA foreign_key_check")):
        yield f"表 {table} 第 {row} 行指向不存在的内容。"


def broken_changes(reader: Reader) -> Iterator[str]:
    """Entries of the journal that are missing, or whose moment goes back."""
    expected, before = 1, None
    query = select(ChangeRow.id, ChangeRow.at).order_by(ChangeRow.id)
    for number, at in reader.session.execute(query):
        if number != expected:
            yield f"变更日志缺少第 {expected} 至 {number - 1} 号。"
        if before and at < before:
            yield f"变更日志第 {number} 号的时间早于前一号。"
        expected, before = number + 1, at


def broken_versions(reader: Reader) -> Iterator[str]:
    """Versions that end before they begin, or that name a change which is not there."""
    known = select(ChangeRow.id)
    for row, (label, _) in _KEYS.items():
        backwards = row.ended_by <= row.begun_by
        orphaned = or_(row.begun_by.not_in(known), row.ended_by.is_not(None) & row.ended_by.not_in(known))
        query = select(row.version_id).where(or_(backwards, orphaned))
        for number in reader.session.scalars(query):
            yield f"{label}版本 {number} 的起止变更有误。"


def repeated_keys(reader: Reader) -> Iterator[str]:
    """Keys that more than one current version bears."""
    for row, (label, names) in _KEYS.items():
        columns = [getattr(row, name) for name in names]
        query = select(*columns).where(row.ended_by.is_(None)).group_by(*columns).having(func.count() > 1)
        for key in reader.session.execute(query):
            yield f"{label}“{'，'.join(str(part) for part in key if part)}”有多个现行版本。"


def missing_units(reader: Reader) -> Iterator[str]:
    """Current records, leaders, zones, enterprises and towns of units that do not exist."""
    codes = select(UnitRow.code).where(UnitRow.ended_by.is_(None))
    owners = (
        *((RecordRow, RecordRow.unit), (LeaderRow, LeaderRow.unit), (ZoneRow, ZoneRow.locality)),
        *((EnterpriseRow, EnterpriseRow.locality), (TownRow, TownRow.locality)),
    )
    for row, column in owners:
        query = select(row.version_id, column).where(row.ended_by.is_(None), column.not_in(codes))
        for number, code in reader.session.execute(query):
            yield f"{_KEYS[row][0]}版本 {number} 属于不存在的单位“{code}”。"
