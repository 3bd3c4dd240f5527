"""Units: how they are written, what they measure, and how many base units one of them is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from factcheck.quantities.quantity import Kind
from factcheck.quantities.tokens import Tokens

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_YEAR = 365.25 * _DAY
_PER_HOUR = Decimal(1) / 3600
_Factors = dict[str, float | str | Decimal]
_SQUARE: _Factors = {
    f"{square} {name}": factor
    for square in ("square", "sq")
    for names, factor in {
        "metre metres meter meters m": "1",
        "km kilometre kilometres kilometer kilometers": "1000000",
        "mile miles": "2589988.110336",
        "foot feet ft": "0.09290304",
    }.items()
    for name in names.split()
}

#: kind, base unit, then the written forms with their factors. "m", money and ambiguous words (pound) are read elsewhere.
_TABLE: tuple[tuple[Kind, str, _Factors], ...] = (
    ("percent", "%", {"%": 1, "percent": 1, "per cent": 1, "pc": 1, "pct": 1}),
    ("points", "pp", {"percentage point": 1, "percentage points": 1, "basis point": "0.01", "basis points": "0.01", "bps": "0.01",
                      "pp": 1}),
    ("duration", "s", {"second": 1, "sec": 1, "millisecond": "0.001", "minute": _MINUTE, "min": _MINUTE, "hour": _HOUR, "hr": _HOUR,
                       "day": _DAY, "week": 7 * _DAY, "fortnight": 14 * _DAY, "month": _YEAR / 12, "year": _YEAR, "yr": _YEAR,
                       "decade": 10 * _YEAR, "h": _HOUR}),
    ("measure", "m", {"mm": "0.001", "cm": "0.01", "km": 1000, "millimetre": "0.001", "millimeter": "0.001", "centimetre": "0.01",
                      "centimeter": "0.01", "metre": 1, "meter": 1, "kilometre": 1000, "kilometer": 1000, "mile": "1609.344",
                      "yard": "0.9144", "foot": "0.3048", "feet": "0.3048", "ft": "0.3048", "inch": "0.0254", "inches": "0.0254",
                      "nautical mile": 1852, "nautical miles": 1852}),
    ("measure", "kg", {"mg": "0.000001", "g": "0.001", "kg": 1, "kilo": 1, "milligram": "0.000001", "gram": "0.001", "kilogram": 1,
                       "tonne": 1000, "metric ton": 1000, "metric tons": 1000, "lb": "0.45359237", "lbs": "0.45359237",
                       "ounce": "0.028349523125"}),
    ("measure", "m²", {"km²": 10**6, "m²": 1, "km2": 10**6, "m2": 1, "hectare": 10000, "ha": 10000, "acre": "4046.8564224", **_SQUARE}),
    ("measure", "m³", {"litre": "0.001", "liter": "0.001", "millilitre": "0.000001", "milliliter": "0.000001", "ml": "0.000001",
                       "cubic metre": 1, "cubic metres": 1, "cubic meters": 1, "m³": 1}),
    ("measure", "m/s", {"km/h": _PER_HOUR * 1000, "kph": _PER_HOUR * 1000, "mph": "0.44704", "miles per hour": "0.44704",
                        "miles an hour": "0.44704", "kilometres per hour": _PER_HOUR * 1000, "kilometers per hour": _PER_HOUR * 1000,
                        "kilometres an hour": _PER_HOUR * 1000, "km per hour": _PER_HOUR * 1000, "km an hour": _PER_HOUR * 1000,
                        "metres per second": 1, "m/s": 1, "knot": _PER_HOUR * 1852}),
    ("measure", "W", {"watt": 1, "kW": 1000, "kilowatt": 1000, "MW": 10**6, "megawatt": 10**6, "GW": 10**9, "gigawatt": 10**9,
                      "hp": "745.69987", "bhp": "745.69987", "horsepower": "745.69987"}),
    ("measure", "Wh", {"kWh": 1000, "MWh": 10**6, "GWh": 10**9, "TWh": 10**12, "kilowatt hours": 1000, "megawatt hours": 10**6}),
    ("measure", "byte", {"MB": 10**6, "GB": 10**9, "TB": 10**12, "megabyte": 10**6, "gigabyte": 10**9, "terabyte": 10**12}),
    ("measure", "°C", {"°c": 1, "degrees celsius": 1, "degrees centigrade": 1, "degree celsius": 1, "celsius": 1}),
    ("measure", "°F", {"°f": 1, "degrees fahrenheit": 1, "fahrenheit": 1}),
    ("measure", "degree", {"degree": 1, "°": 1}),
    ("measure", "magnitude", {"magnitude": 1}),
    ("measure", "Hz", {"Hz": 1, "kHz": 1000, "MHz": 10**6, "GHz": 10**9}),
    ("measure", "V", {"volt": 1}),
    ("measure", "Nm", {"Nm": 1}),
    # Words that name different sizes in different countries are units of their own.
    ("measure", "ton", {"ton": 1}),
    ("measure", "stone", {"stone": 1}),
    ("measure", "gallon", {"gallon": 1}),
    ("measure", "barrel", {"barrel": 1}),
    ("money", "EUR", {"euro": 1, "€": 1, "eur": 1, "EUR": 1}),
    ("money", "$", {"dollar": 1, "$": 1}),
    ("money", "USD", {"us dollar": 1, "us dollars": 1, "american dollars": 1, "USD": 1}),
    ("money", "AUD", {"australian dollars": 1, "AUD": 1}),
    ("money", "CAD", {"canadian dollars": 1, "CAD": 1}),
    ("money", "GBP", {"£": 1, "pounds sterling": 1, "british pounds": 1, "GBP": 1, "pence": "0.01"}),
    ("money", "CNY", {"yuan": 1, "renminbi": 1, "CNY": 1, "RMB": 1}),
    ("money", "JPY", {"yen": 1, "JPY": 1}),
    ("money", "CHF", {"swiss francs": 1, "CHF": 1}),
    ("money", "SEK", {"kronor": 1, "swedish kronor": 1, "SEK": 1}),
    ("money", "NOK", {"norwegian kroner": 1, "NOK": 1}),
    ("money", "DKK", {"danish kroner": 1, "DKK": 1}),
    ("money", "INR", {"rupees": 1, "₹": 1, "INR": 1}),
    ("money", "RUB", {"rubles": 1, "roubles": 1, "₽": 1, "RUB": 1}),
    ("money", "kroner", {"kroner": 1}),
    ("money", "cent", {"cent": 1, "¢": 1}),
    ("money", "rand", {"rand": 1}), ("money", "zloty", {"zloty": 1, "zlotys": 1}), ("money", "lira", {"lira": 1, "liras": 1}),
)  # fmt: skip
_SIGNS = {"$": "$", "€": "EUR", "£": "GBP", "¥": "¥", "₹": "INR", "₽": "RUB", "₩": "KRW"}
_DOLLARS = {"US": "USD", "A": "AUD", "AU": "AUD", "C": "CAD", "CA": "CAD", "NZ": "NZD", "HK": "HKD", "S": "SGD"}
_CODES = frozenset("EUR USD GBP JPY CNY CHF SEK NOK DKK INR AUD CAD RUB PLN".split())
#: Units that a text writes glued to the number only: "20C", "50p", "6in".
_GLUED: dict[str, tuple[Kind, str, str]] = {
    "C": ("measure", "°C", "1"), "F": ("measure", "°F", "1"), "p": ("money", "GBP", "0.01"), "in": ("measure", "m", "0.0254"),
    "c": ("money", "cent", "1"),
}  # fmt: skip
_NEVER_PLURAL = frozenset({"yen", "yuan", "rand", "horsepower", "stone", "hp", "celsius", "percent", "foot"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as read. factor: base units in one of it. end: the token after it. adjective: joined by a hyphen ("10-year")."""

    kind: Kind
    name: str
    factor: Decimal
    end: int = 0
    adjective: bool = False


def _build() -> dict[str, Unit]:
    out: dict[str, Unit] = {}
    for kind, name, forms in _TABLE:
        for form, factor in forms.items():
            unit = Unit(kind, name, Decimal(str(factor)))
            out[form] = unit
            if len(form) > 2 and form.isascii() and form.isalpha() and form.islower() and form not in _NEVER_PLURAL:
                out.setdefault(form + "s", unit)
    return out


_UNITS = _build()
_LONGEST = 3


def read_unit(t: Tokens, i: int) -> Unit | None:
    """The unit whose first token is ``i`` (or the one behind a hyphen at ``i``), None if there is none. Not "m": see ``finding``."""
    at = i + 1 if t.hyphen(i) and t.kind(i + 1) == "w" else i
    adjective = at > i
    if t.glued(i) and not adjective and (glued := _GLUED.get(t.texts[i])):
        return Unit(glued[0], glued[1], Decimal(glued[2]), i + 1)
    if t.word(i) in _SIGNS and t.glued(i + 1) and t.kind(i + 1) == "n":
        return None  # the sign of the next sum
    for n in range(_LONGEST, 0, -1):
        for form in _forms(t, at, n):
            unit = _UNITS.get(form)
            if unit is not None and not (t.kind(at + n) == "n" and t.glued(at + n)):
                return Unit(unit.kind, unit.name, unit.factor, at + n, adjective)
    return None


def _forms(t: Tokens, i: int, n: int) -> tuple[str, ...]:
    """How ``n`` tokens may stand in the table: as written (the case of kW and MW counts), in lower case if they are words."""
    if i + n > len(t) or t.low[i + n - 1] == "-":
        return ()
    if n > 1 and all(t.glued(k) for k in range(i + 1, i + n)):
        sign = "".join(t.texts[i : i + n])
        return (sign, sign.lower()) if any(t.kind(k) == "s" for k in range(i, i + n)) and "-" not in sign else (sign, *_spaced(t, i, n))
    if n == 2 and t.texts[i] == "°":
        return ("°" + t.low[i + 1],)
    return _spaced(t, i, n)


def _spaced(t: Tokens, i: int, n: int) -> tuple[str, ...]:
    written = " ".join(t.low[k] for k in range(i, i + n) if t.low[k] != "-")
    # Short forms differ by case only: 5g is no 5G.
    return (t.texts[i],) if n == 1 and len(written) < 3 else (t.texts[i], written) if n == 1 else (written,)


def currency_before(t: Tokens, i: int) -> tuple[str, int] | None:
    """(currency, its first token) of the sign or code that stands right before token ``i``: "€", "US$", "EUR"."""
    before = t.texts[i - 1] if i > 0 else ""
    if before == "$" and t.glued(i - 1) and t.texts[i - 2] in _DOLLARS:
        return _DOLLARS[t.texts[i - 2]], i - 2
    if before in _SIGNS and not (t.glued(i - 1) and t.kind(i - 2) in ("n", "w")):
        return _SIGNS[before], i - 1
    return (before, i - 1) if before in _CODES else None
