#!/usr/bin/env python3
"""Holds base::Zone against Python's zoneinfo: when each day begins, in many zones.

    zone_property_test.py PROGRAM      PROGRAM is zone_days
"""

import random
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

ZONES = """America/New_York Europe/Paris Australia/Lord_Howe America/Santiago America/Havana
    Pacific/Apia Asia/Kolkata Asia/Kathmandu Pacific/Chatham Africa/Casablanca America/St_Johns
    Asia/Beirut Africa/Cairo America/Sao_Paulo Antarctica/Troll Europe/Dublin UTC Etc/GMT+12
    Pacific/Kiritimati America/Asuncion Asia/Tehran""".split()
UTC = timezone.utc


def shows(zone, second):
    return datetime.fromtimestamp(second, UTC).astimezone(zone).replace(tzinfo=None)


def start_of(zone, day):
    """The first second at which the zone's clocks show `day` or later: found by halving.

    Clocks set back make the time shown go down again, so each change nearby is tried by itself.
    """
    midnight = datetime(day.year, day.month, day.day)
    centre = int(midnight.replace(tzinfo=UTC).timestamp())
    step = 15 * 60
    for second in range(centre - 27 * 3600, centre + 27 * 3600, step):
        if shows(zone, second) >= midnight:
            low, high = second - step, second
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if shows(zone, middle) >= midnight else (middle, high)
            return high
    raise AssertionError(f"{zone} {day} never begins")


def changes(zone, first, last):
    """Days with another length than 24 hours, and their neighbours."""
    day = first
    while day < last:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
        if noon.utcoffset() != (noon + timedelta(days=1)).utcoffset():
            yield from (day + timedelta(days=shift) for shift in (-1, 0, 1, 2))
        day += timedelta(days=1)


def main():
    chance = random.Random(20261124)
    cases = []
    for name in ZONES:
        zone = ZoneInfo(name)
        cases += [(name, day) for day in changes(zone, date(2009, 1, 1), date(2035, 1, 1))]
        cases += [(name, date(2010, 1, 1) + timedelta(days=chance.randrange(9000))) for _ in range(25)]
    asked = "".join(f"{name} {day}\n" for name, day in cases)
    done = subprocess.run([sys.argv[1]], input=asked, capture_output=True, text=True, check=True)
    answers = done.stdout.split()
    assert len(answers) == len(cases), f"{len(answers)} answers to {len(cases)} questions"
    wrong = [(name, day, int(ours), theirs)
             for (name, day), ours in zip(cases, answers)
             if int(ours) != (theirs := start_of(ZoneInfo(name), day))]
    for case in wrong[:20]:
        print("%s %s: ours %d, zoneinfo %d" % case)
    print(f"{len(cases)} days in {len(ZONES)} zones, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
