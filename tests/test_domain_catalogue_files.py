"""A year's notice is a file: a second year is a second file, and a faulty one is refused."""

import tomllib
from pathlib import Path

import pytest

from core.domain.catalogue import FOLDER, Catalogue, catalogues, load_catalogue
from core.domain.facts import facts_from
from core.domain.status import Roll, evaluate
from core.domain.units import Unit
from core.errors import ConfigurationError
from tests.domain_examples import COMMITTEE, NOTICE, day, records_on, told

NEXT_YEAR = """
year = 2026
number = "泰安发〔2026〕1号"
title = "试行通知"
activity = "试行"

[events]
committee_meeting = "专委会工作会议"
rules_revised = "修订工作规则"

[measures]

[[obligations]]
code = "committee.meeting"
subject = "committee"
title = "专委会工作会议"
short = "工作会议"
clause = "一"
quote = "每月至少召开1次"
basis = "notice"
kind = "quota"
period = "month"
required = 2
warn_days = 3
event = "committee_meeting"

[[obligations]]
code = "committee.rules"
subject = "committee"
title = "修订工作规则"
short = "规则"
clause = "二"
quote = "4月底前"
basis = "notice"
kind = "deadline"
required = 1
due = 2026-04-30
event = "rules_revised"
"""


def _folder(tmp_path: Path, **files: str) -> Path:
    (tmp_path / "2025.toml").write_bytes((FOLDER / "2025.toml").read_bytes())
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_second_year_is_added_by_adding_its_file(tmp_path: Path) -> None:
    years = catalogues(_folder(tmp_path, next_year=NEXT_YEAR))
    assert list(years) == [2025, 2026]
    assert years[2025] == NOTICE


def _said(catalogue: Catalogue, unit: Unit, dates: str, as_of: str) -> dict[tuple[str, str], str]:
    facts = facts_from(records_on(unit, "committee_meeting", dates), catalogue, day(as_of))
    cells = evaluate(catalogue, Roll([unit]), facts, day(as_of))
    return {(cell.obligation.code, cell.period.code): told(cell) for cell in cells}


def test_each_year_is_judged_by_its_own_catalogue_and_its_own_records(tmp_path: Path) -> None:
    years = catalogues(_folder(tmp_path, next_year=NEXT_YEAR))
    dates, as_of = "2025-12-31 2026-01-10 2026-01-31 2026-02-28", "2026-02-28"
    new, old = (_said(years[year], COMMITTEE, dates, as_of) for year in (2026, 2025))
    assert new["committee.meeting", "2026M01"] == "met 2/2 on 2026-01-31"
    assert new["committee.meeting", "2026M02"] == "due_soon 1/2, 0 left"
    assert new["committee.meeting", "2026M03"] == "not_started 0/2"
    assert new["committee.rules", "2026"] == "pending 0/1, 61 left"
    assert len(new) == 13
    assert old["committee.meeting", "2025Q4"] == "met 1/1 on 2025-12-31"
    assert old["committee.meeting", "2025Q1"] == "missed 0/1"


def test_a_second_file_for_one_year_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"twin\.toml 有误：2026 年的目录已有一份"):
        catalogues(_folder(tmp_path, next_year=NEXT_YEAR, twin=NEXT_YEAR))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('code = "committee.rules"\n', "", "第2项 缺少 code"),
        ('code = "committee.rules"\n', 'code = ""\n', "第2项 code 须是文字，且不能为空"),
        ('code = "committee.rules"\n', 'code = "committee.meeting"\n', "committee.meeting 事项编码重复"),
        ('subject = "committee"\ntitle = "修', 'title = "修', "committee.rules 缺少 subject"),
        ('title = "修订工作规则"\n', "", "committee.rules 缺少 title"),
        ('quote = "4月底前"\n', 'quote = " "\n', "committee.rules quote 须是文字，且不能为空"),
        ('quote = "4月底前"\n', "", "committee.rules 缺少 quote"),
        ('clause = "二"\n', "clause = 2\n", "committee.rules clause 须是文字，且不能为空"),
        ('kind = "deadline"', 'kind = "whenever"', "committee.rules “whenever”不在可选值之内"),
        ('kind = "deadline"', 'kind = "after"', "committee.rules 缺少所等待的事项"),
        (
            'basis = "notice"\nkind = "d',
            'basis = "rumour"\nkind = "d',
            "committee.rules “rumour”不在可选值之内",
        ),
        ('period = "month"', 'period = "week"', "committee.meeting “week”不在可选值之内"),
        ('period = "month"\n', "", "committee.meeting 缺少周期"),
        ("due = 2026-04-30\n", "", "committee.rules 缺少期限"),
        ("due = 2026-04-30", "due = 2025-04-30", "committee.rules 期限不在本年度"),
        ("due = 2026-04-30", 'due = "2026-04-30"', "committee.rules 2026-04-30 不是日期"),
        ("due = 2026-04-30", "due = 2026-04-30T08:00:00", "committee.rules 2026-04-30 08:00:00 不是日期"),
        ("due = 2026-04-30", 'due = 2026-04-30\nperiod = "year"', "committee.rules 周期和期限只能有一个"),
        ("required = 1\n", "", "committee.rules 要求数须大于 0"),
        ("required = 1\n", "required = 0\n", "committee.rules 要求数须大于 0"),
        ("required = 1\n", "required = -1\n", "committee.rules 要求数须大于 0"),
        ("required = 1\n", 'required = "1"\n', "committee.rules required 须是整数"),
        ("required = 1\n", "required = true\n", "committee.rules required 须是整数"),
        ("required = 2\n", "required = 1.5\n", "committee.meeting required 须是整数"),
        ("warn_days = 3\n", "warn_days = -3\n", "committee.meeting 提前提醒天数不能小于 0"),
        ("warn_days = 3\n", "warn_day = 3\n", "committee.meeting 有不认识的项 warn_day"),
        ('event = "rules_revised"', 'event = "revised"', "committee.rules 统计的事项不存在"),
        ('event = "rules_revised"', "", "committee.rules 统计的事项不存在"),
        (
            'event = "rules_revised"',
            'event = "rules_revised"\nmeasure = "log"',
            "committee.rules 统计的指标不存在",
        ),
        (
            'event = "rules_revised"',
            'event = "rules_revised"\nafter = ["committee.rules"]',
            "committee.rules 所等待的事项不存在，或没有排在它前面",
        ),
        (
            'event = "committee_meeting"',
            'event = "committee_meeting"\nafter = ["committee.rules"]',
            "committee.meeting 所等待的事项不存在，或没有排在它前面",
        ),
        (
            'subject = "committee"\ntitle = "修订工作规则"\n',
            'subject = "locality"\nafter = ["committee.meeting"]\ntitle = "修订工作规则"\n',
            "committee.rules 所等待的事项属于另一类单位",
        ),
        ("year = 2026\n", "", "缺少 year"),
        ('number = "泰安发〔2026〕1号"\n', "", "缺少 number"),
        (
            '[events]\ncommittee_meeting = "专委会工作会议"\nrules_revised = "修订工作规则"\n',
            "",
            "缺少 events",
        ),
    ],
)
def test_a_faulty_file_is_refused_with_the_name_of_the_entry(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    assert old in NEXT_YEAR
    path = tmp_path / "2026.toml"
    path.write_text(NEXT_YEAR.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load_catalogue(path)
    assert str(refused.value) == f"事项目录文件 2026.toml 有误：{sentence}"


@pytest.mark.parametrize(
    "content",
    [b"", b"year = ", "year = 2026 # 通知".encode("gb18030"), b"year = 2026\nevents = 3\nobligations = [1]"],
)
def test_a_file_that_is_no_catalogue_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "2026.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"事项目录文件 2026\.toml 有误："):
        load_catalogue(path)


def test_the_made_up_year_is_sound_as_it_stands() -> None:
    assert tomllib.loads(NEXT_YEAR)["year"] == 2026
