"""`python -m core report`: each paper in its file, none for what cannot be written, codes 0, 1, 2."""

import io
from pathlib import Path

import docx
import openpyxl
import pytest

from core.domain.papers import PaperKind, text_of
from core.services.composing import Order, compose
from core.store.engine import Store
from tests.city_examples import OFFICE, journal
from tests.cli_examples import Type, typing_in
from tests.test_pages_supervision import SHOWN, issued

DAY = SHOWN.isoformat()
CELL = "--unit C06 --obligation committee.director_inspection --period 2025Q1"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], demonstration_url: str, monkeypatch: pytest.MonkeyPatch) -> Type:
    monkeypatch.setenv("DATABASE_URL", demonstration_url)
    monkeypatch.setenv("ANZE_TODAY", DAY)
    return typing_in(capsys)


def words_of(path: Path) -> str:
    book = docx.Document(io.BytesIO(path.read_bytes()))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in book.paragraphs), *cells])


@pytest.mark.parametrize(
    ("order", "title"),
    [
        ("bulletin --quarter 2025Q2", "关于2025年第二季度"),
        (f"letter {CELL}", "的督促函"),
        (f"letter {CELL} --kind talk", "约谈"),
        ("brief --unit L03", "履职情况"),
        ("material --unit L03 --year 2025", "年度履职情况"),
    ],
)
def test_a_paper_lands_in_its_file(run: Type, tmp_path: Path, order: str, title: str) -> None:
    target = tmp_path / "文书.docx"
    answer = run(f"report {order} --as-of {DAY} --output {target.as_posix()}")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"已生成 {target}\n"
    assert title in words_of(target)


def test_a_file_says_what_the_page_shows(run: Type, tmp_path: Path, demonstration: Store) -> None:
    target = tmp_path / "b.docx"
    run(f"report bulletin --quarter 2025Q2 --as-of {DAY} --output {target.as_posix()}")
    shown = text_of(compose(demonstration, OFFICE, Order(PaperKind.BULLETIN, SHOWN, SHOWN, subject="2025Q2")))
    whole = next(line for line in shown.splitlines() if line.startswith("2025年第二季度全市应完成"))
    assert whole.replace(" ", "") in words_of(target).replace(" ", "")


def test_the_letter_of_a_measure_bears_its_number(run: Type, tmp_path: Path, demonstration: Store) -> None:
    target = tmp_path / "m.docx"
    number = issued(demonstration)
    assert run(f"report letter --measure {number} --output {target.as_posix()}").code == 0
    assert "安委办督〔2025〕" in words_of(target)


def test_a_workbook_lands_in_its_file(run: Type, tmp_path: Path) -> None:
    target = tmp_path / "w.xlsx"
    answer = run(f"report workbook --quarter 2025Q2 --as-of {DAY} --output {target.as_posix()}")
    assert answer.code == 0
    assert {"总体情况", "专委会看板", "属地看板"} <= set(openpyxl.load_workbook(target).sheetnames)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("bulletin --quarter 2025Q9 --output {}/x.docx", "“2025Q9”不是季度，请写成 2025Q2。"),
        ("bulletin --quarter 2025Q4 --output {}/x.docx", "2025年第四季度尚未开始，不能生成通报。"),
        ("bulletin --quarter 2025Q2 --output {}/x.txt", "文件名“x.txt”应以 .docx、.pdf 结尾。"),
        ("workbook --quarter 2025Q2 --output {}/x.docx", "文件名“x.docx”应以 .xlsx 结尾。"),
        ("letter --output {}/x.docx", "请写明 --unit 单位编码、--measure 督办编号或 --hazard 隐患编号。"),
        (
            "letter --unit C06 --obligation committee.meeting --output {}/x.docx",
            "只写一格时，--obligation 事项编码和 --period 周期要一起写。",
        ),
        (
            "letter --unit C02 --output {}/x.docx",
            "危险化学品专委会目前没有未完成的事项或逾期隐患，无需发函。",
        ),
        ("letter --measure 99999 --output {}/x.docx", "没有这份督办。"),
        ("letter --hazard YH0 --output {}/x.docx", "没有编号为“YH0”的隐患。"),
        ("brief --unit X99 --output {}/x.docx", "单位“X99”不存在，或您无权查看。"),
        ("brief --unit C02 --output {}/none/x.docx", "请检查文件夹是否存在、是否有权限。"),
    ],
)
def test_what_cannot_be_written_is_said_and_leaves_no_file(
    run: Type, tmp_path: Path, order: str, said: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    answer = run(f"report {order.format(folder.as_posix())}")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.rstrip().endswith(said)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "order",
    ["", "poem --output x.docx", "bulletin --output x.docx", "brief --unit C02", "letter --kind poem"],
)
def test_wrong_usage_ends_with_code_2(run: Type, order: str) -> None:
    answer = run(f"report {order}")
    assert answer.code == 2
    assert answer.err.startswith("用法有误：")


def test_a_wrong_setting_for_pdf_is_named_and_leaves_no_file(
    run: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOFFICE", (tmp_path / "gone").as_posix())
    answer = run(f"report brief --unit C02 --output {(tmp_path / 'x.pdf').as_posix()}")
    assert answer.code == 1
    assert "环境变量 SOFFICE 指定的程序不存在或不能运行" in answer.err
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("report brief --unit C02 --output {}.docx", "一页简报 {}.docx"),
        (f"report letter {CELL} --kind talk --output {{}}.docx", "约谈通知 {}.docx"),
        ("report workbook --quarter 2025Q1 --output {}.xlsx", "季度工作簿 {}.xlsx"),
        ("export hazards --output {}.csv", "隐患 {}.csv"),
        ("export journal --output {}.csv", "变更日志 {}.csv"),
        ("export catalogue --output {}.toml", "事项目录 {}.toml"),
    ],
)
def test_the_journal_tells_in_chinese_what_was_taken_away(
    run: Type, tmp_path: Path, demonstration: Store, order: str, said: str
) -> None:
    target = (tmp_path / "x").as_posix()
    assert run(order.format(target)).code == 0
    noted = journal(demonstration)[-1]
    assert (noted.action, noted.subject) == ("audit.exported", said.format(target))
