"""Names for people who do not exist, in the writing of many places; a screen must hold every one of them.

Rules
- Every name is put together by chance from common parts; nobody is meant.
- Order and spacing are those of the language: 王芳, Alice Johnson, 佐藤 花子, 김민수.
"""

from random import Random

from msgspec import Struct

LANGUAGES: tuple[tuple[str, float], ...] = (
    ("zh", 60.0),
    ("zh-hant", 8.0),
    ("en", 11.0),
    ("es", 6.0),
    ("ja", 5.0),
    ("ko", 5.0),
    ("ar", 3.0),
    ("ru", 2.0),
)
"""The usual mix: (language, weight)."""

_TRIES = 20


class _Parts(Struct, frozen=True):
    """The parts of a language's names; `form` says how they are joined."""

    families: tuple[str, ...]
    givens: tuple[str, ...]
    form: str = "{given} {family}"


def _parts(families: str, givens: str, form: str = "{given} {family}") -> _Parts:
    return _Parts(tuple(families.split()), tuple(givens.split()), form)


_PARTS = {
    "zh": _parts(
        "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 "
        "韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 欧阳 司马 上官",
        "芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 秀英 桂英 静怡 若曦 "
        "子涵 梓萱 浩然 宇轩 欣怡 诗涵 思远 佳琪 雨桐 俊杰 晓东 建国 志强 海燕 丹丹 "
        "文博 雪梅 春花 立新 嘉豪 可欣 天宇 一诺 语嫣 晨曦 鹏飞 婷婷",
        "{family}{given}",
    ),
    "zh-hant": _parts(
        "陳 林 黃 張 李 王 吳 劉 蔡 楊 許 鄭 謝 郭 洪 曾 邱 廖 賴 周 葉 蘇 歐陽 鍾",
        "嘉慧 怡君 雅婷 志豪 家豪 俊傑 淑芬 美玲 詩涵 冠宇 宗翰 佩珊 詠琪 曉彤 國榮 麗華 偉倫 靜宜 鈺婷 承恩",
        "{family}{given}",
    ),
    "en": _parts(
        "Johnson O'Brien Carter Whitfield Hughes Okafor Patel Raman Bennett Sinclair Fraser Doyle Marsh Ellison "
        "Smith-Lawson Keane Adeyemi Thornton Nair Winslow",
        "Alice Bob Emma Daniel Grace Liam Olivia Priya Marcus Hannah Chidi Nora Samuel Ruth Owen Zoë Ivy Theo Maya",
    ),
    "es": _parts(
        "García Núñez Rodríguez Peña Ibáñez Castillo Vélez Muñoz Herrera Ortega Quiñones Salazar",
        "José Lucía Mateo Inés Andrés Sofía Joaquín Camila Raúl Marisol Iñaki Pilar",
    ),
    "ja": _parts(
        "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村 小林 加藤 吉田 佐々木",
        "花子 翔太 美咲 大輝 さくら 健一 陽菜 蓮 結衣 直樹 あかり 悠真",
        "{family} {given}",
    ),
    "ko": _parts(
        "김 이 박 최 정 강 조 윤 장 임 한 오",
        "민수 서연 지훈 하은 도윤 수빈 예준 지민 현우 유진 은서 태현",
        "{family}{given}",
    ),
    "ar": _parts(
        "علي حسن منصور الخطيب سالم يوسف العمري ناصر",
        "محمد فاطمة أحمد ليلى خالد مريم عمر نور",
    ),
    "ru": _parts(
        "Иваненко Петренко Ковальчук Мельник Бондарь Савчук Романюк Левченко",
        "Анна Ольга Игорь Мария Павел Елена Антон Дарья",
    ),
}


def names_for(count: int, mix: tuple[tuple[str, float], ...], random: Random) -> list[str]:
    """`count` different names, languages drawn by weight; where the parts run out, a number is put behind the name."""
    taken: dict[str, None] = {}
    for language, _ in random.choices(mix, [weight for _, weight in mix], k=count):
        tries = (_name(_PARTS[language], random) for _ in range(_TRIES))
        name = next((name for name in tries if name not in taken), None)
        taken[name or f"{_name(_PARTS[language], random)} {len(taken) + 1}"] = None
    return list(taken)


def _name(parts: _Parts, random: Random) -> str:
    return parts.form.format(family=random.choice(parts.families), given=random.choice(parts.givens))
