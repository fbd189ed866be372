"""Streamlit's own English, translated in the browser where it offers no parameter for it.

Its strings are no interface: a test looks for every phrase in the installed version's files, so that an
upgrade that words something differently fails there and not on a clerk's screen.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

PHRASES: Mapping[str, str] = {
    # connection and running
    "Connection error": "连接中断",
    "Streamlit server is not responding. Are you connected to the internet?": (
        "暂时无法连接服务器，正在自动重连，请稍候。"
    ),
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": (
        "服务器暂时没有响应，正在自动重连。如长时间未恢复，请联系系统管理员。"
    ),
    "Connection timed out.": "连接超时。",
    "Connection lost. Please wait for the app to reconnect, then try again.": "连接已中断，请待恢复后重试。",
    "Reconnected to server.": "已重新连接。",
    "Network error": "网络错误",
    "CONNECTING": "正在连接",
    "Connecting": "正在连接",
    "Running...": "正在运行…",
    "Navigate to home page": "回到首页",
    "Please wait...": "请稍候…",
    "Stop": "停止",
    "Rerun": "重新运行",
    "Always rerun": "总是重新运行",
    "Page not found": "页面不存在",
    "Error": "错误",
    "Your app is having trouble loading the component.": "页面部件加载较慢，请稍候。",
    "Script execution error": "页面出错",
    "An error has occurred, please try again.": "出错了，请重试。",
    "Try again": "重试",
    "Retry": "重试",
    # frame
    "Close": "关闭",
    "Cancel": "取消",
    "Done": "完成",
    "Menu": "菜单",
    "Main menu": "主菜单",
    "Print": "打印",
    "App pages": "页面",
    "Sidebar": "侧边栏",
    "Main": "主要内容",
    "Logo": "标志",
    "Notifications": "通知",
    "Skip to main content": "跳到主要内容",
    "Expand sidebar": "展开侧边栏",
    "Collapse sidebar": "收起侧边栏",
    "View less": "收起",
    "Scroll tabs left": "标签向左",
    "Scroll tabs right": "标签向右",
    "Next page": "下一页",
    "Previous page": "上一页",
    "Pagination": "分页",
    "Toolbar action": "工具",
    "Copy to clipboard": "复制",
    "Copied": "已复制",
    "Copy": "复制",
    "Fullscreen": "全屏",
    "Close fullscreen": "退出全屏",
    "Show chart": "显示图形",
    "Show data": "显示数据",
    "Scrollable table": "可滚动表格",
    # tables
    "Download as CSV": "下载为 CSV",
    "Search": "查找",
    "Add row": "添加一行",
    "Delete row(s)": "删除所选行",
    "Clear selection": "取消选择",
    "Show/hide columns": "显示或隐藏列",
    "Select all": "全选",
    "No data": "没有数据",
    "Copy column name": "复制列名",
    "Sort ascending": "升序",
    "Sort descending": "降序",
    "Autosize": "自动列宽",
    "Pin column": "固定列",
    "Unpin column": "取消固定",
    "Hide column": "隐藏列",
    "Format": "格式",
    "Statistics": "统计",
    "Dataframe column menu": "列菜单",
    "Close Search": "关闭查找",
    "Next Result": "下一个",
    "Previous Result": "上一个",
    # fields
    "No results": "没有匹配项",
    "No options to select": "没有可选项",
    "Choose an option": "请选择",
    "Choose options": "请选择",
    "Choose or add an option": "请选择或填写",
    "Choose or add options": "请选择或填写",
    "Add an option": "请填写",
    "Select...": "请选择",
    "Selectbox options": "可选项",
    "Multiselect options": "可选项",
    "Selected values": "已选",
    "Clear entry": "清除",
    "Increment": "增加",
    "Decrement": "减少",
    "Choose date": "选择日期",
    "Choose date range": "选择日期范围",
    "Choose date and time": "选择日期和时间",
    "Clear date": "清除日期",
    "Clear dates": "清除日期",
    "Clear date and time": "清除日期和时间",
    "Quick select a date range": "快速选择",
    "Clear value": "清除",
    "Clear all": "全部清除",
    "Open": "展开",
    "Show password": "显示密码",
    "Hide password": "隐藏密码",
    "This field is required.": "此项必填。",
    "Invalid value.": "填写的内容不合要求。",
    "Invalid input.": "填写的内容不合要求。",
    "Number is above the allowed range.": "数值超出上限。",
    "Number is below the allowed range.": "数值低于下限。",
    "Clear time": "清除时间",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": (
        "方向键选择日期，回车确认，Esc 关闭。"
    ),
    "Date range": "日期范围",
    "Calendar": "日历",
    "Past Week": "近一周",
    "Past Month": "近一个月",
    "Past 3 Months": "近三个月",
    "Past 6 Months": "近六个月",
    "Past Year": "近一年",
    "Past 2 Years": "近两年",
    "Time": "时间",
    "None": "无",
    # files
    "Upload": "选择文件",
    "Add files": "添加文件",
    "Upload directories": "上传文件夹",
    "Drag and drop a file here": "将文件拖到此处",
    "Drag and drop files here": "将文件拖到此处",
    "Only one file is allowed.": "只能上传一个文件。",
    "Upload failed": "上传失败",
    "File size is too small.": "文件为空。",
    "Unexpected error. Please try again.": "出错了，请重试。",
    "Click to retry upload": "点击重新上传",
    "Take Photo": "拍照",
    " Clear photo": "清除照片",
    "Switch camera": "切换摄像头",
    "This app would like to use your camera.": "需要使用摄像头，请允许。",
    "Learn how to allow access.": "如何允许",
    "yyyy": "年",
    "mm": "月",
    "dd": "日",
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase with something variable in it; `probe` is a fixed part that the installed files must hold."""

    found: str
    said: str
    probe: str


PATTERNS: tuple[Pattern, ...] = (
    Pattern(r"^Press Enter to submit form$", "按回车提交", "Press Enter to "),
    Pattern(r"^Press Enter to apply$", "按回车确认", "Press Enter to "),
    Pattern(r"^Press (?:Ctrl|⌘)\+Enter to submit form$", "按 Ctrl+回车提交", "submit form`:`apply"),
    Pattern(r"^Press (?:Ctrl|⌘)\+Enter to apply$", "按 Ctrl+回车确认", "+Enter t"),
    Pattern(r"^(.+) per file(?: • (.+))?$", "每个文件不超过 $1，$2", " per file"),
    Pattern(r"^• image, .*$", " • 图片、PDF、Word、Excel", "` • ${"),
    Pattern(r"^(.+) files are not allowed\.$", "不支持 $1 文件。", " files are not allowed."),
    Pattern(r"^File must be (.+) or smaller\.$", "文件不能超过 $1。", " or smaller."),
    Pattern(r"^year, (.*)$", "年，$1", "`year`"),
    Pattern(r"^month, (.*)$", "月，$1", "`month`"),
    Pattern(r"^day, (.*)$", "日，$1", "`day`"),
    Pattern(r"^hour, (.*)$", "时，$1", "`hour`"),
    Pattern(r"^minute, (.*)$", "分，$1", "`minute`"),
    Pattern(r"^second, (.*)$", "秒，$1", "`second`"),
    Pattern(r"^Help for (.+)$", "$1的说明", "Help for ${"),
    Pattern(r"^(.*) start date$", "$1（起）", " start date"),
    Pattern(r"^(.*) end date$", "$1（止）", " end date"),
    Pattern(r"^Remove (.+)$", "移除 $1", "Remove "),
    Pattern(r"^Select (\d+) matches$", "选择 $1 个匹配项", "Select ${"),
    Pattern(r"^Add: (.+)$", "添加：$1", "Add: ${"),
    Pattern(r"^View (\d+) more$", "再显示 $1 项", "View ${"),
    Pattern(r"^Page (\d+)$", "第 $1 页", "Page ${"),
    Pattern(r"^You can only select up to (\d+) .*$", "最多选择 $1 项。", "You can only select up to"),
    Pattern(r"^Number is above the .* (\S+)\.$", "数值不能大于 $1。", "less than or equal to"),
    Pattern(r"^Number is below the .* (\S+)\.$", "数值不能小于 $1。", "greater than or equal to"),
    Pattern(r"^(.*), (\d+\.\d) seconds$", "$1，$2 秒", " seconds"),
)

_ASSETS = Path(__file__).with_name("assets")
_BOOK = {"phrases": dict(PHRASES), "patterns": [[each.found, each.said] for each in PATTERNS]}
_TRANSLATOR = st.components.v2.component(
    "anze_chinese",
    html="<span></span>",
    js=f"const BOOK = {json.dumps(_BOOK)}\n" + (_ASSETS / "chinese.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def speak_chinese() -> None:
    """Start the translating observer in this browser page; once a run, it takes no room."""
    _TRANSLATOR(key="anze_chinese", data={})
