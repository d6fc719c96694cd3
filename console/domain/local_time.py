"""The time that people read on the clock: Prague's, whatever the machine says."""

from typing import Final
from zoneinfo import ZoneInfo

from console.texts import N_

PRAGUE: Final = ZoneInfo("Europe/Prague")
WEEKDAY_NAMES: Final = (N_("Mo"), N_("Tu"), N_("We"), N_("Th"), N_("Fr"), N_("Sa"), N_("Su"))
