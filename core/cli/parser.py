"""What can be typed after `python -m core`, and the Chinese sentences for what cannot."""

import argparse
import re
import sys
from datetime import date, datetime, time, timedelta
from typing import NoReturn

from core.domain.forms import FORMS
from core.domain.texts import parse_day
from core.errors import InputError

WRONG_USAGE = 2
OTHER_KINDS = ("journal", "catalogue")
"""What can be given out beside the import files."""
_TRANSLATIONS = (
    (r"argument (.+?): ", r"参数 \1："),
    (r"invalid choice: (.+?) \(choose from (.+)\)", r"\1 不可用，可选 \2"),
    (r"the following arguments are required: ", "缺少参数 "),
    (r"unrecognized arguments: ", "多余的参数 "),
    (r"expected (one|\d+) arguments?", "后面缺少内容"),
    (r"invalid (int|float) value: ", "应为数字，不能是 "),
    (r"ambiguous option: ", "参数不明确 "),
)
_HEADINGS = (("usage: ", "用法："), ("positional arguments:", "参数："), ("options:", "选项："))


class Parser(argparse.ArgumentParser):
    """A parser that explains wrong usage in Chinese and ends with code 2."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the help is."""
        said = message
        for english, chinese in _TRANSLATIONS:
            said = re.sub(english, chinese, said)
        sys.stderr.write(f"用法有误：{said}。\n详细说明：{self.prog} --help\n")
        raise SystemExit(WRONG_USAGE)

    def format_help(self) -> str:
        """The library's help with its few English headings turned into Chinese."""
        text = super().format_help()
        for english, chinese in _HEADINGS:
            text = text.replace(english, chinese)
        return text


def build_parser() -> Parser:
    """The whole command line."""
    parser = Parser(prog="python -m core", description="安责看板命令行", add_help=False)
    _add_help(parser)
    commands = parser.add_subparsers(dest="command", required=True, parser_class=Parser, title="命令")
    _add_init(commands)
    _add_import(commands)
    _add_status(commands)
    _add_export(commands)
    _add_account(commands)
    _add_backup(commands)
    _command(commands, "verify", "检查数据库、变更日志是否完好")
    _add_remind(commands)
    _add_report(commands)
    return parser


def _add_help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help="显示本说明")


def _command(commands: "argparse._SubParsersAction[Parser]", name: str, said: str) -> Parser:
    command = commands.add_parser(name, help=said, description=said, add_help=False)
    _add_help(command)
    return command


def _add_init(commands: "argparse._SubParsersAction[Parser]") -> None:
    command = _command(commands, "init", "建立或升级数据库；空库装入示例数据，加 --empty 则只建管理员")
    command.add_argument("--empty", action="store_true", help="建立正式库：只有事项目录和一个管理员")


def _add_import(commands: "argparse._SubParsersAction[Parser]") -> None:
    command = _command(
        commands, "import", "导入 .xlsx、CSV 文件、文件夹或年度目录 .toml，一行有误则全部不导入"
    )
    command.add_argument(
        "path", metavar="路径", help=".xlsx 工作簿、CSV 文件，或含有 units.csv 等文件的文件夹"
    )
    command.add_argument("--kind", choices=tuple(FORMS), help="文件的类别（默认按文件名或表头判断）")
    command.add_argument("--dry-run", action="store_true", help="只检查，不保存")
    command.add_argument("--marked", metavar="文件.xlsx", help="有误时，把标出原因的工作簿写入这个文件")


def _add_status(commands: "argparse._SubParsersAction[Parser]") -> None:
    command = _command(commands, "status", "输出每个单位、事项、周期的状态")
    command.add_argument("--as-of", type=day, metavar="日期", help="截至哪一天（默认今天）")
    command.add_argument("--known-at", type=moment, metavar="时刻", help="按当时已录入的数据（默认现在）")
    command.add_argument("--year", type=int, metavar="年度", help="事项目录的年度（默认截至日期所在年度）")
    command.add_argument("--unit", default="", metavar="编码", help="只看一个单位")
    command.add_argument("--format", choices=("csv", "json"), default="csv", help="输出格式")


def _add_export(commands: "argparse._SubParsersAction[Parser]") -> None:
    command = _command(commands, "export", "导出为可以再次导入的 CSV；文件名以 .xlsx 结尾则为工作簿")
    command.add_argument(
        "kind", choices=(*FORMS, *OTHER_KINDS), metavar="类别", help="、".join((*FORMS, *OTHER_KINDS))
    )
    command.add_argument("--year", type=int, metavar="年度", help="事项目录的年度（catalogue，默认最近一年）")
    command.add_argument("--output", metavar="文件", help="写入文件（默认输出到屏幕）")


def _add_report(commands: "argparse._SubParsersAction[Parser]") -> None:
    command = _command(commands, "report", "生成通报、函件、工作簿和材料")
    papers = command.add_subparsers(dest="paper", required=True, parser_class=Parser, title="文书")
    bulletin = _command(papers, "bulletin", "季度通报（.docx 或 .pdf）")
    workbook = _command(papers, "workbook", "季度工作簿（.xlsx）")
    for each in (bulletin, workbook):
        each.add_argument("--quarter", required=True, metavar="季度", help="如 2025Q2")
    letter = _command(papers, "letter", "督促函、约谈通知等（.docx 或 .pdf）")
    kinds = ("remind", "letter", "talk", "notice", "expose", "listing", "escalation")
    letter.add_argument("--kind", choices=kinds, default="letter", help="哪一种（默认督促函）")
    letter.add_argument("--obligation", default="", metavar="事项", help="只写一格：事项编码")
    letter.add_argument("--period", default="", metavar="周期", help="只写一格：周期，如 2025Q1")
    letter.add_argument("--measure", type=int, default=0, metavar="编号", help="一份已发出的督办")
    letter.add_argument("--hazard", default="", metavar="编号", help="一处隐患：挂牌督办通知书、提级督办通知")
    brief = _command(papers, "brief", "一个单位的一页简报（.docx 或 .pdf）")
    material = _command(papers, "material", "一个单位的年度履职材料（.docx 或 .pdf）")
    material.add_argument("--year", type=int, metavar="年度", help="默认截至日期所在年度")
    letter.add_argument("--unit", default="", metavar="编码", help="单位编码")
    for each in (brief, material):
        each.add_argument("--unit", required=True, metavar="编码", help="单位编码")
    for each in (bulletin, workbook, letter, brief, material):
        each.add_argument("--as-of", type=day, metavar="日期", help="截至哪一天（默认今天）")
        each.add_argument("--output", required=True, metavar="文件", help="写入哪个文件")


def _add_remind(commands: "argparse._SubParsersAction[Parser]") -> None:
    command = _command(commands, "remind", "发送到期、逾期提醒（可由系统定时任务调用）")
    command.add_argument("--dry-run", action="store_true", help="只显示将发给谁、发什么，不发送")
    command.add_argument("--now", type=moment, metavar="时刻", help="按这一时刻判断（默认现在）")


def _add_account(commands: "argparse._SubParsersAction[Parser]") -> None:
    command = _command(commands, "account", "管理账号")
    actions = command.add_subparsers(dest="action", required=True, parser_class=Parser, title="操作")
    _command(actions, "list", "列出账号")
    for name, said in (("disable", "停用"), ("enable", "启用"), ("unlock", "解除锁定")):
        _command(actions, name, said).add_argument("username", metavar="用户名")
    password = _command(actions, "password", "重设密码（不写则随机生成并显示一次）")
    password.add_argument("username", metavar="用户名")
    password.add_argument("--password", metavar="密码")
    bind = _command(actions, "bind", "绑定单点登录标识（不写则解除绑定）")
    bind.add_argument("username", metavar="用户名")
    bind.add_argument("--identity", default="", metavar="标识")
    add = _command(actions, "add", "新增账号")
    add.add_argument("username", metavar="用户名")
    add.add_argument("--role", required=True, metavar="角色")
    add.add_argument("--unit", default="", metavar="单位编码")
    add.add_argument("--name", default="", metavar="姓名", help="默认同用户名")
    add.add_argument("--password", metavar="密码", help="不写则随机生成并显示一次")


def _add_backup(commands: "argparse._SubParsersAction[Parser]") -> None:
    command = _command(commands, "backup", "备份数据库和附件，运行中也可以；写入文件，或在文件夹里按时间命名")
    command.add_argument("path", metavar="文件或文件夹", help="备份写到哪里")
    command.add_argument("--keep", type=positive, metavar="份数", help="文件夹里只保留最近几份")
    command = _command(commands, "restore", "从备份恢复数据库和附件；须先停止安责看板")
    command.add_argument("path", metavar="文件", help="backup 命令做出的文件")
    command.add_argument("--replace", action="store_true", help="数据库里已有数据时也替换")


def positive(text: str) -> int:
    """Read a number of things, at least one."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"应为不小于1的整数，不能是“{text}”")
    return int(text)


def day(text: str) -> date:
    """Read a date argument."""
    try:
        found = parse_day(text)
    except InputError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if found is None:
        raise argparse.ArgumentTypeError("日期不能为空")
    return found


def moment(text: str) -> datetime:
    """Read a moment; local time where no zone is given, the end of the day where no time is."""
    try:
        found = datetime.fromisoformat(text.strip().replace("/", "-"))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是时刻，请写成 2025-04-05T18:00。") from error
    if len(text.strip()) <= len("2025-04-05"):
        return datetime.combine(found.date(), time.min) + timedelta(days=1, microseconds=-1)
    return found
