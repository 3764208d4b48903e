"""Mandarin as people say it: 两, 块, 百分之, 半, digits of years and telephones."""

import re
from collections.abc import Mapping, Sequence

from lorgnette.render.speakable_cldr import DASH, CldrRules, decimal_places, zero
from lorgnette.render.speakable_numbers import Amount, spell
from lorgnette.render.speakable_rules import Abbreviations, Rule, words

_DIGITS = "零一二三四五六七八九"
MEASURES = (
    "个只条张位名杯瓶本件种次年天块元点座家间辆台部份双对把根块片顿碗盒袋包箱斤克米公里小时分钟秒钟周星期周月岁倍层站公斤"
    "升吨英里海里人场首篇句页段套支枝颗粒棵朵头匹艘架封束串群伙门科节趟遍下口米厘毫平立度万亿千"
)
_TWO = re.compile(
    r"\s?(?:[个只条张位名杯瓶本件种次天块元座家间辆台部份双对把根片顿碗盒袋包箱斤克米岁倍站升吨人场首篇句页段套支颗粒"
    r"棵朵头匹艘架封束串群门节趟遍口万亿千]|分(?=\s?[\d钟])|年(?!级|代)|点(?!\d)|公里|公斤|小时|分钟|秒|星期|周(?!年)|英里|厘米|毫米|平方|立方|"
    r"百|层|度(?!假))"
)
_HALVES = "凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|今早|今晚|明早|明晚|昨晚"
_HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff，。！？；：、（）“”《》"
_GAP = re.compile(rf"(?<=[{_HAN}]) +(?=[{_HAN}])")
_NAMES = {
    "EUR": "欧元",
    "USD": "美元",
    "GBP": "英镑",
    "JPY": "日元",
    "CHF": "瑞士法郎",
    "HKD": "港币",
    "CNY": "元",
}


class Chinese(CldrRules):
    """No blanks between words; 元 alone, 块 and 毛 with parts."""

    stop, gap = "。", ""
    code = "这里有一段代码。"
    point, minus, to, per, dot, at, dash = "点", "负", "到", "每", "点", "艾特", "杠"
    ratio = "比"
    signs: Mapping[str, str] = {
        "&": "和", "+": "加", "=": "等于", "×": "乘", "*": "乘", "÷": "除以", "±": "正负", "≈": "约等于",
        "~": "大约",
        "～": "到", "<": "小于", ">": "大于", "≤": "小于等于", "≥": "大于等于", "%": "百分比", "→": "到",
        "#": "号",
        "@": "艾特", "°": "度", "²": "平方", "³": "立方", "€": "欧元", "£": "英镑", "/": " ",
    }  # fmt: skip
    scales: Mapping[str, tuple[str, str]] = {
        "万": ("万", "万"),
        "亿": ("亿", "亿"),
        "千": ("千", "千"),
        "百万": ("百万", "百万"),
        "k": ("千", "千"),
    }
    money_names: Mapping[str, str] = {
        "元": "CNY", "块": "CNY", "块钱": "CNY", "元钱": "CNY", "人民币": "CNY", "美元": "USD",
        "美金": "USD", "欧元": "EUR",
        "英镑": "GBP", "日元": "JPY", "港币": "HKD", "港元": "HKD", "瑞士法郎": "CHF",
    }  # fmt: skip
    unit_signs: Mapping[str, str] = {
        "公里": "length-kilometer", "千米": "length-kilometer", "公斤": "mass-kilogram",
        "千克": "mass-kilogram",
        "摄氏度": "temperature-celsius", "小时": "duration-hour", "分钟": "duration-minute",
        "平方米": "area-square-meter",
        "米": "length-meter", "克": "mass-gram", "毫升": "volume-milliliter",
    }  # fmt: skip
    unit_names: Mapping[str, str] = {
        "length-kilometer": "{}公里", "length-meter": "{}米", "length-decimeter": "{}分米",
        "length-centimeter": "{}厘米",
        "length-millimeter": "{}毫米", "length-micrometer": "{}微米", "length-nanometer": "{}纳米",
        "length-foot": "{}英尺",
        "length-yard": "{}码", "length-mile": "{}英里", "area-square-kilometer": "{}平方公里",
        "area-square-meter": "{}平方米", "area-square-centimeter": "{}平方厘米", "area-hectare": "{}公顷",
        "volume-cubic-meter": "{}立方米", "volume-cubic-centimeter": "{}立方厘米", "volume-liter": "{}升",
        "volume-deciliter": "{}分升", "volume-centiliter": "{}厘升", "volume-milliliter": "{}毫升",
        "volume-gallon": "{}加仑",
        "mass-kilogram": "{}公斤", "mass-gram": "{}克", "mass-milligram": "{}毫克", "mass-tonne": "{}吨",
        "mass-pound": "{}磅", "mass-ounce": "{}盎司", "temperature-celsius": "{}摄氏度",
        "temperature-fahrenheit": "{}华氏度", "angle-degree": "{}度",
        "speed-kilometer-per-hour": "每小时{}公里",
        "speed-meter-per-second": "每秒{}米", "speed-mile-per-hour": "每小时{}英里", "speed-knot": "{}节",
        "duration-hour": "{}小时", "duration-minute": "{}分钟", "duration-second": "{}秒",
        "duration-millisecond": "{}毫秒",
        "duration-day": "{}天", "concentr-percent": "百分之{}", "concentr-permille": "千分之{}",
        "power-watt": "{}瓦",
        "power-kilowatt": "{}千瓦", "power-megawatt": "{}兆瓦", "power-gigawatt": "{}吉瓦",
        "energy-watt-hour": "{}瓦时",
        "energy-kilowatt-hour": "{}度电", "energy-kilocalorie": "{}千卡", "energy-kilojoule": "{}千焦",
        "electric-volt": "{}伏", "electric-ampere": "{}安", "electric-milliampere-hour": "{}毫安时",
        "frequency-hertz": "{}赫兹", "frequency-kilohertz": "{}千赫", "frequency-megahertz": "{}兆赫",
        "frequency-gigahertz": "{}吉赫", "digital-kilobyte": "{}KB", "digital-megabyte": "{}兆",
        "digital-gigabyte": "{}G",
        "digital-terabyte": "{}T", "pressure-hectopascal": "{}百帕", "pressure-millibar": "{}毫巴",
        "pressure-bar": "{}巴",
        "graphics-megapixel": "{}百万像素", "graphics-pixel": "{}像素",
    }  # fmt: skip
    prefixes = frozenset({"百分之", "千分之"})
    phone_cues = frozenset(words("拨打 电话 电话是 手机 手机号 号码 号码是 致电 热线"))
    abbreviations = Abbreviations(
        anywhere={
            "vs.": "对", "vs": "对", "VS": "对", "etc.": "等等", "e.g.": "例如", "i.e.": "也就是",
            "Mr.": "先生",
        },
        before_number={"No.": "第", "NO.": "第", "Tel.": "电话", "p.": "第"},
        before_name={"Dr.": "博士", "Prof.": "教授"},
        after_name={},
    )  # fmt: skip

    def own_rules(self) -> Sequence[Rule]:
        day = r"(?P<d>3[01]|[12]\d|0?[1-9])"
        return [
            Rule(
                re.compile(
                    rf"(?P<y>[12]\d{{3}})\s?年\s?(?P<mo>1[0-2]|0?[1-9])\s?月(?:\s?{day}\s?(?P<sun>[日号]))?"
                ),
                self._full_date,
            ),
            Rule(re.compile(r"(?P<y>[12]\d{3})\s?(?=年(?!级))"), lambda m: self.year(int(m["y"]))),
            Rule(re.compile(r"(?P<y>[5-9]\d)(?=年代|后)"), self._decade),
            Rule(re.compile(rf"(?P<y>[12]\d{{3}}){DASH}(?P<y2>[12]\d{{3}})\s?(?=年)"), self._years),
            Rule(re.compile(r"(?P<h>2[0-4]|[01]?\d)\s?点(?P<m>[0-5]?\d)\s?分?(?!\d)"), self._time),
            Rule(re.compile(r"(?<=第)(?P<n>\d{1,9})"), lambda m: self.cardinal(int(m["n"]))),
            Rule(
                re.compile(r"(?P<n>\d{3,4})(?=\s?(?:室|房|号房|路(?:公交|车)?))"),
                lambda m: self.digits(m["n"]),
            ),
            Rule(re.compile(r"(?<=打)(?P<n>1[12]\d)(?![\d折])"), self._say_phone),
            Rule(re.compile(r"(?P<n>24)/(?P<k>7)"), lambda _: "全天候"),
            Rule(
                re.compile(
                    r"(?P<a>\d{1,6}(?:\.\d{1,4})?)\s?[-–—~～至到]\s?(?P<b>\d{1,6}(?:\.\d{1,4})?)(?!\d)(?=\s?[\u4e00-\u9fff])(?!元|块|公里|公斤|年)"
                ),
                self._few,
            ),
            Rule(
                re.compile(r"(?P<n>\d{1,3})[xX](?![A-Za-z\d])"), lambda m: f"{self.cardinal(int(m['n']))}倍"
            ),
        ]

    def cardinal(self, number: int) -> str:
        if number >= 200:
            return spell("zh", number, "spellout-cardinal-alternate2")
        return spell("zh", number, "spellout-cardinal")

    def digits(self, written: str) -> str:
        return "".join(_DIGITS[int(char)] for char in written if char.isdecimal())

    def year(self, number: int) -> str:
        return self.digits(str(number))

    def date(self, day: int, month: int, year: str, match: re.Match[str]) -> str:  # noqa: ARG002
        said = f"{self.cardinal(month)}月{self.cardinal(day)}日"
        return f"{self.digits(year)}年{said}" if year else said

    def _full_date(self, match: re.Match[str]) -> str:
        day = f"{self.cardinal(int(match['d']))}{match['sun']}" if match["d"] else ""
        return f"{self.digits(match['y'])}年{self.cardinal(int(match['mo']))}月{day}"

    def _years(self, match: re.Match[str]) -> str:
        return self.span(self.digits(match["y"]), self.digits(match["y2"]))

    def _say_clock(self, match: re.Match[str]) -> str | None:
        return self._time(match)

    def _decade(self, match: re.Match[str]) -> str:
        spoken = match.string[match.end() : match.end() + 1]
        return self.digits(match["y"]) if spoken == "后" else self.cardinal(int(match["y"]))

    def _time(self, match: re.Match[str]) -> str:
        found = match.groupdict()
        hour, minute = int(found["h"]), int(found["m"])
        half = re.search(rf"(?:{_HALVES})\s?$", match.string[max(0, match.start() - 4) : match.start()])
        if half and minute == 30 and hour <= 12:
            return f"{self._hour(hour)}点半"
        return self.clock(hour, minute, int(found["s"]) if found.get("s") else None)

    def _hour(self, hour: int) -> str:
        return "两" if hour == 2 else self.cardinal(hour)

    def clock(self, hour: int, minute: int, second: int | None) -> str:
        said = f"{self._hour(hour)}点"
        if minute or second:
            said += f"{'零' if minute < 10 else ''}{self.cardinal(minute) if minute else ''}分"
        return f"{said}{self.cardinal(second)}秒" if second else said

    def currency(self, currency: str, amount: Amount) -> str:
        return _NAMES.get(currency) or super().currency(currency, amount)

    def money(self, amount: Amount, currency: str) -> str:
        amount = decimal_places(amount)
        if currency != "CNY" or len(amount.fraction) != 2:
            exact = Amount(amount.whole, amount.fraction.rstrip("0"))
            return f"{self.unit_amount(exact, '')}{self.currency(currency, amount)}"
        dime, cent = int(amount.fraction[0]), int(amount.fraction[1])
        said = "" if zero(amount) else f"{self.unit_amount(Amount(amount.whole), '')}块"
        if dime:
            mao = "毛" if cent or not said else ""
            said += f"{'两' if dime == 2 and mao else _DIGITS[dime]}{mao}"
        elif said:
            said += "零"
        return f"{said}{_DIGITS[cent]}{'分' if not dime or not said else ''}" if cent else said

    def unit_amount(self, amount: Amount, unit: str) -> str:
        two = (
            amount.whole == 2
            and not amount.fraction
            and unit not in {"concentr-percent", "concentr-permille"}
        )
        return "两" if two else self.amount(amount)

    def each(self, price: str, unit: str) -> str:
        one = self.measure("", unit, Amount(1)) if "-" in unit else unit
        return f"每{one}{price}"

    def count(self, match: re.Match[str], amount: Amount) -> str:
        two = amount.whole == 2 and not amount.fraction
        return "两" if two and _TWO.match(match.string, self._after(match)) else self.amount(amount)

    def _after(self, match: re.Match[str]) -> int:
        """Where the number ends: before its multiple in 2万."""
        return match.start("scale") if match.groupdict().get("scale") else match.end()

    def _few(self, match: re.Match[str]) -> str | None:
        first, last = self.number(match["a"]), self.number(match["b"])
        if first is None or last is None or first.value >= last.value:
            return None
        return self.span(self.count(match, first), self.count(match, last))

    def fraction(self, whole: int, part: int, of: int) -> str | None:
        if of < 2 or (part >= of and not whole):
            return None
        said = f"{self.cardinal(of)}分之{self.cardinal(part)}"
        return f"{self.cardinal(whole)}又{said}" if whole else said

    def _say_phone(self, match: re.Match[str]) -> str | None:
        said = super()._say_phone(match)
        return said.replace("一", "幺").replace(", ", "，") if said else said

    def _say_minus(self, match: re.Match[str]) -> str | None:
        cold = re.match(r"\s?\d+(?:\.\d+)?\s?(?:°|℃|度|摄氏度)", match.string[match.end() :])
        return "零下" if cold else "减" if re.search(r"\d\s$", match.string[: match.start()]) else self.minus

    def item(self, number: int, text: str) -> str | None:  # noqa: ARG002
        return f"第{self.cardinal(number)}，"

    def finish(self, text: str) -> str:
        return _GAP.sub("", text)

    def goes_on(self, before: str, after: str) -> bool:  # noqa: ARG002
        return after[:1].islower()


RULES = Chinese
