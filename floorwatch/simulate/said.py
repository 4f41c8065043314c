"""What people of a simulated floor ask, note and answer, in English and in Chinese.

Rules
- The first of a list come more often than the last: the same question is asked several times a day.
- Nothing of families, property or health, and no word about a person's worth: notes are about acts and things.
"""

from collections.abc import Mapping, Sequence
from random import Random

from msgspec import Struct

from floorwatch.model.events import NoteKind


class Question(Struct, frozen=True):
    """A question and its answer."""

    text: str
    answer: str


class Remark(Struct, frozen=True):
    """A tag, the text of a note, and what may be left to be done ("": nothing)."""

    tag: str
    text: str
    follow_up: str = ""


class Tongue(Struct, frozen=True):
    """What is said in one language. `systems` are (system, symptoms)."""

    questions: Sequence[Question]
    remarks: Mapping[NoteKind, Sequence[Remark]]
    symptoms: Sequence[str]
    found_it: str
    done: Sequence[str]


def _questions(*pairs: tuple[str, str]) -> tuple[Question, ...]:
    return tuple(Question(*pair) for pair in pairs)


def _remarks(*given: tuple[str, ...]) -> tuple[Remark, ...]:
    return tuple(Remark(*each) for each in given)


ENGLISH = Tongue(
    _questions(
        (
            "How do I split one invoice over two months?",
            "Billing > Adjust > Split; the date of the first part is theirs",
        ),
        ("Refund after 30 days, may I?", "Up to 45 days with a reason; later it goes to the expert line"),
        ("The customer has two accounts, which one do I charge?", "The one the contract names; note the other in it"),
        ("Where do I see whether the parcel was handed over?", "Orders > Carrier > Proof; it takes an hour to show"),
        ("Can the discount be used twice?", "Once a contract; offer the annual plan instead"),
        ("Who signs off a credit above 200?", "The supervisor on duty; leave the case open until then"),
        ("The password mail does not arrive, what else?", "Ask for the spam folder, then send the code by text"),
        ("How long does a number transfer take now?", "Three working days; five with the smaller carriers"),
        ("Customer wants it in writing. Which template?", "Template 14, and read it out before you send it"),
    ),
    {
        NoteKind.HELP: _remarks(
            ("refund", "asked about refunds after 30 days; explained the limit"),
            ("invoice", "was unsure how to split an invoice; done together", "try one alone with me listening"),
            ("contract", "two accounts of one customer; found the right one"),
        ),
        NoteKind.STATE: _remarks(
            ("steady", "steady, good pace"),
            ("strained", "three hard calls in a row", "short break after the next call"),
            ("needs a break", "asked for ten minutes", "swap the lunch turn"),
            ("steady", "quieter than usual, all well"),
        ),
        NoteKind.FAULT: _remarks(
            ("headset", "crackles on the left side", "bring another headset"),
            ("telephone", "rings late", "ask technical support to look"),
            ("screen", "flickers now and then"),
        ),
        NoteKind.PRAISE: _remarks(
            ("calm", "stayed calm with an angry caller"),
            ("clear", "explained the bill in three sentences"),
            ("team", "helped the neighbour between two calls"),
            ("thorough", "called back without being asked"),
            ("greeting", "warm greeting, every time"),
            ("calm", ""),
        ),
        NoteKind.COACHING: _remarks(
            ("hold", "ask before the hold, and come back within the minute", "listen to two calls together"),
            ("closing", "sum up what was agreed before the good-bye"),
            ("transfer", "say to whom the caller is put through"),
        ),
        NoteKind.CHECK: _remarks(("desk", "tidy"), ("noise", "a loud corner between 10 and 11", "ask about screens")),
    },
    ("search gives nothing", "stands still after saving", "white page after login", "very slow since a few minutes"),
    "found it in the handbook",
    ("done", "done together, went well", "settled"),
)

CHINESE = Tongue(
    _questions(
        ("退税流程第二步要哪些材料？", "申请表、银行卡、原发票三样，缺一先登记"),
        ("发票开错抬头，跨月了还能作废吗？", "跨月不能作废，走红冲，再开新票"),
        ("两个账户同名，扣哪一个？", "按合同上的账号扣，另一个写进备注"),
        ("密码重置短信收不到怎么办？", "先查拦截箱，再换语音验证码"),
        ("客户要求书面答复，用哪个模板？", "14号模板，发之前读一遍给客户听"),
        ("优惠能叠加吗？", "一份合同一次，可推荐年付"),
        ("超过200元的减免谁批？", "当班主管批，批之前工单不要关"),
        ("转网现在要几天？", "三个工作日，小运营商五天"),
    ),
    {
        NoteKind.HELP: _remarks(
            ("退税", "问退税材料，已说明三样"),
            ("发票", "红冲步骤不熟，一起做了一遍", "下午再听一通"),
            ("账户", "同名账户，已找到合同账号"),
        ),
        NoteKind.STATE: _remarks(
            ("平稳", "状态平稳，节奏好"),
            ("吃力", "连续三通难电话", "下一通后休息五分钟"),
            ("需休息", "想歇十分钟", "调一下午餐班次"),
            ("平稳", "比平时安静，没有问题"),
        ),
        NoteKind.FAULT: _remarks(
            ("耳机", "左边有杂音", "换一副耳机"),
            ("电话", "响铃慢", "请技术支持看一下"),
            ("屏幕", "偶尔闪"),
        ),
        NoteKind.PRAISE: _remarks(
            ("耐心", "客户很急，一直耐心解释"),
            ("清楚", "三句话把账单讲明白"),
            ("互助", "两通之间帮了邻座"),
            ("主动", "主动回访"),
            ("礼貌", "开场白热情"),
            ("耐心", ""),
        ),
        NoteKind.COACHING: _remarks(
            ("保持", "保持前先征得同意，一分钟内回来", "一起听两通录音"),
            ("结束语", "挂机前复述约定"),
            ("转接", "转接前说明转给谁"),
        ),
        NoteKind.CHECK: _remarks(("桌面", "整洁"), ("噪音", "十点到十一点角落较吵", "问一下隔板")),
    },
    ("查询没有结果", "保存后卡住", "登录后白屏", "几分钟前开始很慢"),
    "手册里找到了",
    ("已完成", "一起做了，效果好", "已处理"),
)


def tongue_of(name: str) -> Tongue:
    """The language in which somebody of this name writes here: Chinese where the name is written with Chinese signs
    alone."""
    letters = [letter for letter in name if letter.isalpha()]
    return CHINESE if letters and all("\u4e00" <= letter <= "\u9fff" for letter in letters) else ENGLISH


def often_first(random: Random, length: int) -> int:
    """A place in a list of this length; the first twice as likely as the second, three times as the third, ..."""
    return random.choices(range(length), [1 / (place + 1) for place in range(length)])[0]
