"""Where a promise is carried out: a district, a spot in it, or all that the municipality governs.

A location is kept as {"district": "210107", "district_name": "Coata", "name": "Sucasco",
"latitude": "-15.57000", "longitude": "-69.95000"}; the point null where nobody gave one. Without a
name ("") it is the whole district, without a district the whole province. The district's name is
kept as it was when it was said. The database holds the same limits (`vigia_check_locations`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.hidden_characters import refuse_hidden
from accounts.models.municipality import (
    SOUTH_TO_NORTH,
    WEST_TO_EAST,
    District,
    Municipality,
)
from accounts.querysets import folded

Kept = dict[str, Any]

MOST_LOCATIONS: Final = 40
LONGEST_NAME: Final = 120
STEP: Final = Decimal("0.00001")  # a metre

_DEGREES = r"([-+]?\d{1,3}\.\d+)"
_POINT: Final = re.compile(rf"\(?\s*{_DEGREES}\s*[,\s]\s*{_DEGREES}\s*\)?\s*$", re.ASCII)
_LINK: Final = re.compile(r"(?:https?://|geo:)\S+", re.IGNORECASE)
_IN_LINK: Final = (
    re.compile(rf"!3d{_DEGREES}!4d{_DEGREES}", re.ASCII),  # the place, where "@" is the view
    re.compile(rf"mlat={_DEGREES}&mlon={_DEGREES}", re.ASCII),
    re.compile(rf"{_DEGREES}(?:,|%2C)(?:\+|%20)?{_DEGREES}", re.ASCII | re.IGNORECASE),
    re.compile(rf"#map=\d+/{_DEGREES}/{_DEGREES}", re.ASCII),
)
_OTHERWISE: Final = re.compile(r"\d\s*[°º]\s*\d|\d,\d+\s*[,;\s]\s*[-+]?\d{1,3},\d", re.ASCII)
_DASHES: Final = str.maketrans("−–—", "---")


class Said(NamedTuple):
    """One location as somebody says it: DISTRICT is a code, "" for all that is governed."""

    district: str
    name: str = ""
    latitude: str = ""
    longitude: str = ""


def read(text: str, municipality: Municipality) -> list[Kept]:
    """The locations that TEXT writes, one in a line or between ";".

    «Coata», «Coata: Sucasco», «Coata: Posta de Sucasco, -15.57, -69.95» (or a map's link with its
    coordinates), «Toda la provincia». In a district's municipality a name alone lies in it.
    ValidationError, in sentences, for what is none. One query, unless TEXT is empty.
    """
    lines = [line for piece in re.split(r"[;\n]", text) if (line := " ".join(piece.split()))]
    return kept([_read(line, municipality) for line in _few(lines)], municipality)


def kept(said: Iterable[Said], municipality: Municipality) -> list[Kept]:
    """What is kept of what was SAID; ValidationError for what cannot be a location there."""
    names = {each.code: each.name for each in municipality.districts}
    found: list[Kept] = []
    for each in _few(list(said)):
        if each.district and each.district not in names:
            raise ValidationError(_strange(each.district, municipality.districts))
        name = " ".join(each.name.split())
        refuse_hidden(name)
        if len(name) > LONGEST_NAME:
            sentence = _("El nombre de un lugar tiene hasta %(most)s letras y «%(start)s…», %(n)s.")
            shown = {"most": LONGEST_NAME, "start": name[:30], "n": len(name)}
            raise ValidationError(sentence % shown)
        if ";" in name:  # which stands between two
            raise ValidationError(_("El nombre de un lugar no lleva «;»: %s.") % name)
        district = each.district
        if not district and (name or each.latitude):
            raise ValidationError(_("Diga en qué distrito está «%s».") % (name or each.latitude))
        latitude, longitude = _point(each.latitude, each.longitude)
        location = {
            "district": district,
            "district_name": names.get(district, ""),
            "name": name,
            "latitude": latitude or None,
            "longitude": longitude or None,
        }
        if location in found:
            raise ValidationError(_("«%s» está dos veces: deje una.") % written([location]))
        found.append(location)
    return found


def written(locations: Iterable[Kept], between: str = "; ") -> str:
    """LOCATIONS as `read` reads them: «Coata: Sucasco, -15.57000, -69.95000; Acora»."""
    return between.join(map(_written, locations))


def whole_province() -> str:
    """How all that a province governs is written."""
    return _("Toda la provincia")


def said_in(location: Kept) -> str:
    """A location in words, without its point: «Sucasco (Coata)», «distrito de Coata»."""
    district: str = location["district_name"]
    if location["name"]:
        return f"{location['name']} ({district})"
    if district:
        return _("distrito de %s") % district
    return whole_province().lower()


def merged(several: Iterable[Sequence[Kept]]) -> list[Kept]:
    """All locations of SEVERAL lists, each once, in the order in which they were first said."""
    found: dict[tuple[str, ...], Kept] = {}
    for locations in several:
        for each in locations:
            found.setdefault((each["district"], folded(each["name"])), each)
    return list(found.values())


def is_in(locations: Iterable[Kept], district: str) -> bool:
    """Whether one of LOCATIONS concerns the DISTRICT of that code: in it, or in all of them."""
    return any(each["district"] in {district, ""} for each in locations)


def _few(listed: Sequence[Any]) -> Sequence[Any]:
    if len(listed) > MOST_LOCATIONS:
        sentence = _(
            "Son %(n)s lugares y caben %(most)s: escriba distritos enteros, o «Toda la provincia»."
        )
        raise ValidationError(sentence % {"n": len(listed), "most": MOST_LOCATIONS})
    return listed


def _read(line: str, municipality: Municipality) -> Said:
    rest, latitude, longitude = _without_point(line.translate(_DASHES))
    words, colon, name = (part.strip() for part in rest.partition(":"))
    district = _district_named(words, municipality)
    if district is not None and (colon or not name):
        return Said(district, name, latitude, longitude)
    if len(municipality.districts) == 1:
        return Said(municipality.districts[0].code, rest, latitude, longitude)
    if not rest:
        raise ValidationError(_("Escriba antes del punto en qué distrito está: «%s».") % line[:60])
    raise ValidationError(_strange(words, municipality.districts))


def _district_named(words: str, municipality: Municipality) -> str | None:
    """The code of the district that WORDS name; "" for the whole province; None for neither."""
    if municipality.is_provincial and folded(words) == folded(whole_province()):
        return ""
    spoken = re.sub(r"^(todo el )?distrito( de )?", "", folded(words)).strip()
    if not spoken and words and len(municipality.districts) == 1:
        return municipality.districts[0].code
    return next((each.code for each in municipality.districts if folded(each.name) == spoken), None)


def _strange(words: str, districts: Sequence[District]) -> str:
    known = ", ".join(each.name for each in districts)
    sentence = _(
        "«%(words)s» no es uno de sus distritos. Escriba el distrito, dos puntos y el lugar: "
        "«%(first)s: nombre del lugar». Sus distritos: %(known)s."
    )
    return sentence % {"words": words[:60], "first": districts[0].name, "known": known}


def _without_point(line: str) -> tuple[str, str, str]:
    """LINE without its coordinates, and these as they were written, "" where it has none."""
    if link := _LINK.search(line):
        found = next(_points_in(link[0]), None)
        if found is None:
            sentence = _(
                "Ese enlace no dice las coordenadas: «%s». En el mapa, copie las del punto."
            )
            raise ValidationError(sentence % link[0][:60])
        rest = line[: link.start()] + line[link.end() :]
        return rest.strip(" ,:("), *found
    if match := _POINT.search(line):
        return line[: match.start()].strip(" ,:("), match[1], match[2]
    if _OTHERWISE.search(line):
        sentence = _("Escriba el punto en grados, con punto decimal: -15.84, -70.02 (dice «%s»).")
        raise ValidationError(sentence % line[:60])
    return line.strip(" ,"), "", ""


def _points_in(link: str) -> Iterator[tuple[str, str]]:
    for pattern in _IN_LINK:
        if match := pattern.search(link):
            yield match[1], match[2]


def _point(latitude: str, longitude: str) -> tuple[str, str]:
    """A point of Peru, to a metre; ValidationError says what is wrong with another."""
    if not (latitude or longitude):
        return "", ""
    if not (latitude and longitude):
        raise ValidationError(_("Un punto lleva latitud y longitud."))
    north, east = Decimal(latitude), Decimal(longitude)
    if _is_peru(north, east):
        return str(north.quantize(STEP)), str(east.quantize(STEP))
    if _is_peru(east, north):
        sentence = _("La latitud y la longitud están al revés: escriba %s, %s.")
        raise ValidationError(sentence % (longitude, latitude))
    for signs in ((-1, -1), (-1, 1), (1, -1)):
        if _is_peru(north * signs[0], east * signs[1]):
            sentence = _("En el Perú las dos cifras son negativas: escriba %s, %s.")
            raise ValidationError(sentence % (-abs(north), -abs(east)))
    raise ValidationError(_("Ese punto no está en el Perú: %s, %s.") % (latitude, longitude))


def _is_peru(latitude: Decimal, longitude: Decimal) -> bool:
    south, north = SOUTH_TO_NORTH
    west, east = WEST_TO_EAST
    return south <= latitude <= north and west <= longitude <= east


def _written(location: Kept) -> str:
    where = location["district_name"] or whole_province()
    named = f"{where}: {location['name']}" if location["name"] else where
    point = (location["latitude"], location["longitude"]) if location["latitude"] else ()
    return ", ".join([named, *point])
