"""The demo's data model, as the metadata API takes it: countries, their cities and airports."""

from __future__ import annotations

from typing import Any, Final

CONTINENTS: Final = {
    "AF": ("AFRICA", "Africa", "orange"),
    "AN": ("ANTARCTICA", "Antarctica", "sky"),
    "AS": ("ASIA", "Asia", "red"),
    "EU": ("EUROPE", "Europe", "blue"),
    "NA": ("NORTH_AMERICA", "North America", "green"),
    "OC": ("OCEANIA", "Oceania", "turquoise"),
    "SA": ("SOUTH_AMERICA", "South America", "yellow"),
}

OBJECTS: Final = (
    {
        "nameSingular": "country",
        "namePlural": "countries",
        "labelSingular": "Country",
        "labelPlural": "Countries",
        "icon": "IconWorld",
        "description": "A country or territory with a code of its own (ISO 3166)",
    },
    {
        "nameSingular": "city",
        "namePlural": "cities",
        "labelSingular": "City",
        "labelPlural": "Cities",
        "icon": "IconBuildingCommunity",
        "description": "A city of at least 15,000 people",
    },
    {
        "nameSingular": "airport",
        "namePlural": "airports",
        "labelSingular": "Airport",
        "labelPlural": "Airports",
        "icon": "IconPlane",
        "description": "An airport with an ICAO code",
    },
)


def _field(of: str, type_: str, name: str, label: str, **more: Any) -> dict[str, Any]:
    return {"objectMetadataId": of, "type": type_, "name": name, "label": label, **more}


def _many_to_one(
    of: str, name: str, label: str, target: str, back: str, icon: str
) -> dict[str, Any]:
    payload = {
        "type": "MANY_TO_ONE",
        "targetObjectMetadataId": target,
        "targetFieldLabel": back,
        "targetFieldIcon": icon,
    }
    return _field(of, "RELATION", name, label, relationCreationPayload=payload)


FIELDS: Final = (
    _field("country", "TEXT", "isoCode", "ISO code", isUnique=True),
    _field(
        "country",
        "SELECT",
        "continent",
        "Continent",
        options=[
            {"value": value, "label": label, "color": color, "position": position}
            for position, (value, label, color) in enumerate(CONTINENTS.values())
        ],
    ),
    _field("country", "NUMBER", "population", "Population", settings={"dataType": "bigint"}),
    _field("country", "NUMBER", "areaKm2", "Area in km²"),
    _field("country", "TEXT", "capitalName", "Capital"),
    _field("country", "TEXT", "currencyCode", "Currency code"),
    _field("country", "ARRAY", "languages", "Languages"),
    _field("country", "LINKS", "codes", "Codes of its regions"),
    _field("city", "NUMBER", "population", "Population", settings={"dataType": "int"}),
    _field("city", "TEXT", "timeZone", "Time zone"),
    _field("city", "ADDRESS", "place", "Place"),
    _field("city", "ARRAY", "otherNames", "Other names"),
    _many_to_one("city", "country", "Country", "country", "Cities", "IconBuildingCommunity"),
    _field("airport", "TEXT", "icaoCode", "ICAO code", isUnique=True),
    _field("airport", "TEXT", "iataCode", "IATA code"),
    _field("airport", "NUMBER", "elevationFt", "Elevation in feet"),
    _field("airport", "TEXT", "timeZone", "Time zone"),
    _field("airport", "ADDRESS", "place", "Place"),
    _field("airport", "LINKS", "map", "Map"),
    _many_to_one("airport", "city", "City", "city", "Airports", "IconPlane"),
    _many_to_one("airport", "country", "Country", "country", "Airports", "IconPlane"),
)
