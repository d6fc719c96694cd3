"""What the demo data are made of: names, tariffs, kinds of requests, clients."""

import random
from dataclasses import dataclass
from typing import Final

from console.domain.client import Client
from console.domain.line import UNLIMITED_MB
from console.domain.request import Channel, Kind

TARIFFS: Final = (
    ("P100", "Profi 100", "99.00", 100, 50, 0),
    ("P300", "Profi 300", "189.50", 300, 150, 1536),
    ("PNEO", "Profi Neomezeně", "399.00", UNLIMITED_MB, UNLIMITED_MB, 10_240),
    ("M2M10", "M2M 10", "29.90", 0, 10, 10),
)
_FIRST: Final = (
    "Jana",
    "Petr",
    "Řehoř",
    "Šárka",
    "Čeněk",
    "Žofie",
    "Ludmila",
    "Květoslav",
    "Přemysl",
    "Eliška",
    "Ondřej",
    "Růžena",
    "Zdeněk",
    "Cecílie",
    "Bohumil",
    "Vlasta",
    "Háta",
    "Tomáš",
)
_LAST: Final = (
    "Novák",
    "Dvořák",
    "Šťastný",
    "Kříž",
    "Říčka",
    "Zemánek",
    "Pštross",
    "Vaněk",
    "Čermák",
    "Kubík",
    "Němec",
    "Žáček",
    "Fiala",
    "Procházka",
)
FUNCTIONS: Final = ("vedoucí odboru", "účetní", "správce sítě", "tajemník", "referent")
CENTRES: Final = (
    "Finanční odbor",
    "Sociální odbor",
    "Stavební úřad",
    "Odbor dopravy",
    "IT a provoz",
    "Městská policie",
    "Odbor životního prostředí",
)
KINDS: Final = (
    (Kind.TARIFF_CHANGE, "Změna tarifu", 16),
    (Kind.FAULT, "Výpadek signálu", 14),
    (Kind.SIM_SWAP, "Výměna SIM", 10),
    (Kind.ROAMING_ON, "Zapnutí roamingu", 9),
    (Kind.NUMBER_ACTIVATION, "Nové číslo pro kolegu", 8),
    (Kind.COMPLAINT, "Reklamace vyúčtování", 8),
    (Kind.INFORMATION, "Dotaz na spotřebu", 8),
    (Kind.SIM_BLOCK, "Ztráta telefonu – blokace", 7),
    (Kind.SERVICE_CHANGE, "Změna datového balíčku", 7),
    (Kind.DEVICE_ORDER, "Objednávka telefonu", 6),
    (Kind.CONSULTATION, "Konzultace nabídky", 5),
    (Kind.NUMBER_DEACTIVATION, "Zrušení čísla", 4),
)
CHANNELS: Final = (
    (Channel.PHONE, 50),
    (Channel.EMAIL, 38),
    (Channel.PORTAL, 6),
    (Channel.LETTER, 3),
    (Channel.IN_PERSON, 3),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a demo client is made of."""

    client: Client
    agreement: str
    lines: int
    people: int
    requests: int
    first_number: int


PLANS: Final = (
    Plan(
        Client(
            name="Městský úřad Lípová",
            ico="00259586",
            dic="CZ00259586",
            data_box="abc4d5e",
            seat="nám. Míru 1, 356 01 Lípová",
            customer_account="7001234",
        ),
        "o2-public-sector",
        420,
        14,
        260,
        799_000_000,
    ),
    Plan(
        Client(
            name="Technické služby Březina, p. o.",
            ico="25596641",
            dic="CZ25596641",
            seat="Průmyslová 12, 664 01 Březina",
            customer_account="7004321",
        ),
        "municipal-tender",
        150,
        6,
        110,
        799_200_000,
    ),
    Plan(
        Client(
            name="Základní škola Žižkova",
            ico="26168685",
            seat="Žižkova 5, 390 01 Tábor",
            customer_account="7009876",
        ),
        "parking-support",
        30,
        3,
        40,
        799_400_000,
    ),
)


def person(chance: random.Random) -> str:
    """Return a name of somebody."""
    first, last = chance.choice(_FIRST), chance.choice(_LAST)
    if not first.endswith(("a", "e")):
        return f"{first} {last}"
    if last.endswith("ý"):
        return f"{first} {last[:-1]}á"
    stem = last[:-1] if last.endswith("a") else last
    stem = f"{stem[:-2]}{stem[-1]}" if stem.endswith(("ek", "ěk")) else stem
    return f"{first} {stem}ová"
