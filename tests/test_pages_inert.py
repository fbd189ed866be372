"""Importing a page does nothing: its module only defines, and what it defines is a page."""

import ast
import importlib
from pathlib import Path

import pytest

from core.ui.page import Page

FOLDER = Path(__file__).resolve().parent.parent / "pages"
PAGES = sorted(path for path in FOLDER.glob("*.py") if not path.name.startswith("__"))
TITLES = {
    "overview": "总览",
    "wall": "大屏",
    "committees": "专委会",
    "localities": "属地",
    "departments": "部门",
    "covert_checks": "暗查暗访",
    "hazards": "隐患闭环",
    "zones": "功能区规范化",
    "enterprises": "企业“九个一”",
    "entry": "录入",
    "records": "台账",
    "supervision": "督办",
    "reports": "通报报告",
    "exchange": "导入导出",
    "admin": "系统管理",
}
HARMLESS_CALLS = {"Page", "frozenset", "tuple", "dict", "timedelta", "date", "re.compile", "getLogger"}
HARMLESS_DECORATORS = {
    "st.fragment",
    "st.dialog",
    "st.cache_data",
    "cache",
    "lru_cache",
    "dataclass",
    "contextmanager",
}


def refused_statements(source: str) -> list[str]:
    """The statements at module level that do more than define; empty for an inert module."""
    return [ast.unparse(node) for node in ast.parse(source).body if not _is_inert(node)]


def _is_inert(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Constant(value=str())) | ast.Import() | ast.ImportFrom():
            return True
        case ast.FunctionDef(decorator_list=decorators) | ast.ClassDef(decorator_list=decorators):
            return all(_name(each) in HARMLESS_DECORATORS for each in decorators)
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return _calls(value) <= HARMLESS_CALLS
    return False


def _calls(value: ast.expr) -> set[str]:
    return {_name(node) for node in ast.walk(value) if isinstance(node, ast.Call)}


def _name(node: ast.expr) -> str:
    return ast.unparse(node.func if isinstance(node, ast.Call) else node)


def test_there_are_pages() -> None:
    assert {"overview", "committees", "records"} <= {path.stem for path in PAGES}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_module_only_defines(path: Path) -> None:
    assert refused_statements(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "st.title('秘密')",
        "if True:\n    st.write(1)",
        "for x in y:\n    pass",
        "ROWS = load()",
        "with st.sidebar:\n    pass",
        "@register\ndef render(page): ...",
        "print",
        "SECRET: str = st.secrets.get('x')",
    ],
)
def test_a_module_that_does_something_is_noticed(source: str) -> None:
    assert refused_statements(source)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_called_what_bookmarks_and_the_menu_expect(path: Path) -> None:
    module = importlib.import_module(f"pages.{path.stem}")
    assert isinstance(module.PAGE, Page)
    assert (module.PAGE.url_path, module.PAGE.title) == (path.stem, TITLES[path.stem])
    assert callable(module.render)


def test_every_page_is_in_the_router() -> None:
    source = (FOLDER / "__main__.py").read_text(encoding="utf-8")
    routed = next(
        [each.id for each in node.value.elts if isinstance(each, ast.Name)]
        for node in ast.parse(source).body
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "PAGES"
        if isinstance(node.value, ast.Tuple)
    )
    assert sorted(routed) == [path.stem for path in PAGES]
