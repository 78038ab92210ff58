"""Every sum that `usage` prints, against usage by the quarter hour that is summed up here."""

import collections
import contextlib
import csv
import io
import itertools
import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import case
from case import SEED
from figures import moment, rows, share, summed, to_the_cent, used_by_quarter_hour

OPTIONS = ("--propagation", "0s", "--random-seed", "7")
# Zone, the emulator's time, and the days asked for. New York's clocks went back on 1 November
# 2026 and forward on 14 March 2027; a window in UTC would cut its days at another hour.
WINDOWS = {
    "utc": ("UTC", "2026-11-23T12:00:00Z", date(2026, 11, 1), date(2026, 11, 30)),
    "autumn": ("America/New_York", "2026-11-23T12:00:00Z", date(2026, 10, 26), date(2026, 11, 8)),
    "spring": ("America/New_York", "2027-03-29T12:00:00Z", date(2027, 3, 8), date(2027, 3, 21)),
    "half_hour": ("Asia/Kolkata", "2026-11-23T12:00:00Z", date(2026, 11, 10), date(2026, 11, 22)),
    "south": ("Australia/Lord_Howe", "2026-11-23T12:00:00Z", date(2026, 9, 28), date(2026, 10, 11)),
}
UNITS = ("hour", "day", "week", "month")
# The field in a request, the column in csv, and the words for it.
GROUPINGS = (("", ""), ("description", "description", "--by", "description"),
             ("api_key_id", "apiKeyId", "--by", "key"))
# The day on which the clocks are put, and how many hours it has.
HOURS_OF_CHANGE = {"autumn": (date(2026, 11, 1), 25), "spring": (date(2027, 3, 14), 23)}


class UsageTest(case.Case):
    def ask(self, stage, window, *words):
        zone, _, first, last = WINDOWS[window]
        ran = stage.run("usage", "--from", f"{first}", "--to", f"{last}", "--zone", zone, *words)
        self.assertEqual(ran.code, 0, ran.err)
        self.assertEqual(ran.err, "")
        return ran.out.decode()

    @contextlib.contextmanager
    def stage_of(self, window, *options):
        with self.subTest(window), self.stage("--now", WINDOWS[window][1], *OPTIONS, *options) as stage:
            yield stage

    def expect(self, stage, window, every, field=""):
        zone, _, first, last = WINDOWS[window]
        day = timedelta(days=1)
        begin = datetime.combine(first - day, datetime.min.time())
        end = datetime.combine(last + 2 * day, datetime.min.time())
        used = used_by_quarter_hour(stage.emulator, begin, end, [field] if field else [])
        sums = summed(used, first, last, every, zone)
        self.assertTrue(sums and all(any(points.values()) for points in sums.values()))
        return sums

    def told_points(self, stage, window, form, column, *words):
        """{group: {start: dollars}} without zeros, as a form of output has it."""
        text = self.ask(stage, window, *words, "--output", form)
        points = collections.defaultdict(dict)
        if form == "csv":
            for record in csv.DictReader(io.StringIO(text)):
                if amount := Decimal(record["usd"]):
                    points[record.get(column, "")][moment(record["timestamp"])] = amount
            return points
        series = [json.loads(line, parse_float=Decimal, parse_int=Decimal)
                  for line in (text.splitlines() if form == "jsonl" else [text])]
        for one in series if form == "jsonl" else series[0]["timeSeries"]:
            for point in one["dataPoints"]:
                if amount := point["values"][0]:
                    points["".join(one["group"])][moment(point["timestamp"])] = amount
        return points

    def test_each_point_in_csv_json_and_jsonl(self):
        for window in WINDOWS:
            with self.stage_of(window) as stage:
                for every, (field, column, *by) in itertools.product(UNITS, GROUPINGS):
                    # An hour is cut at full hours of local time, until the clock is put by half a one.
                    if (window, every) == ("south", "hour"):
                        continue
                    expected = self.expect(stage, window, every, field)
                    for form in ("csv", "json", "jsonl"):
                        with self.subTest(every=every, by=by, form=form):
                            told = self.told_points(stage, window, form, column, "--every", every, *by)
                            self.assertEqual(told, expected)

    def test_days_have_the_hours_that_their_zone_gives_them(self):
        for window, (day, hours) in HOURS_OF_CHANGE.items():
            zone = WINDOWS[window][0]
            with self.stage_of(window) as stage:
                ran = stage.run("usage", "--from", f"{day}", "--to", f"{day}", "--zone", zone,
                                "--every", "hour", "--output", "csv")
                starts = [moment(each["timestamp"]) for each in csv.DictReader(io.StringIO(ran.out.decode()))]
                self.assertEqual(len(starts), hours)
                self.assertEqual({after - before for before, after in zip(starts, starts[1:], strict=False)},
                                 {timedelta(hours=1)})

    def test_bars_and_total_in_text(self):
        for window, (zone, _, first, last) in WINDOWS.items():
            with self.stage_of(window) as stage:
                expected = self.expect(stage, window, "day")[""]
                text = self.ask(stage, window)
                self.assertTrue(text.startswith(
                    f"Usage in USD from {first} to before {last + timedelta(days=1)}, {zone}\n"), text)
                bars = dict(re.findall(r"^(\d{4}-\d\d-\d\d) +(\S+)", text, re.MULTILINE))
                self.assertEqual(len(bars), (last - first).days + 1)
                amounts = collections.defaultdict(Decimal)
                for start, amount in expected.items():
                    # The name of a day is that of its noon, wherever its midnight is.
                    amounts[f"{(start + timedelta(hours=12)).astimezone(ZoneInfo(zone)):%F}"] += amount
                self.assertEqual(bars, {day: to_the_cent(amounts[day]) for day in bars})
                self.assertIn(f"\nTotal: {to_the_cent(sum(expected.values()))} USD\n", text)

    def test_a_window_of_instants(self):
        first, end = moment("2026-11-10T05:30:00Z"), moment("2026-11-12T17:15:00Z")
        with self.stage_of("utc") as stage:
            used = used_by_quarter_hour(stage.emulator, datetime(2026, 11, 10), datetime(2026, 11, 13))[""]
            total = sum(amount for instant, amount in used.items() if first <= instant < end)
            for zone in ("UTC", "Asia/Kolkata", "America/New_York"):
                ran = stage.run("usage", "--from", f"{first:%FT%TZ}", "--to", f"{end:%FT%TZ}", "--zone", zone,
                                "--every", "none", "--output", "csv")
                told = list(csv.DictReader(io.StringIO(ran.out.decode())))
                self.assertEqual([Decimal(each["usd"]) for each in told], [total], zone)

    def test_bars_of_several_hours(self):
        # More hours than bars: each bar is the sum of as many.
        with self.stage_of("utc") as stage:
            expected = self.expect(stage, "utc", "hour")[""]
            text = self.ask(stage, "utc", "--every", "hour")
            hours_per_bar = int(re.search(r"each bar is (\d+) hours", text)[1])
            bars = re.findall(r"^(\d{4}-\d\d-\d\d \d\d:\d\d) +(\S+)", text, re.MULTILINE)
            self.assertEqual(len(bars), 30 * 24 // hours_per_bar)
            for label, figure in bars:
                begin = datetime.fromisoformat(label).replace(tzinfo=UTC)
                hours = (begin + timedelta(hours=place) for place in range(hours_per_bar))
                amount = sum((expected.get(hour, Decimal(0)) for hour in hours), Decimal(0))
                self.assertEqual(figure, to_the_cent(amount), label)

    def assert_table(self, text, first_column, names, sums):
        """Rows are the largest first, and end with the total; shares are those of exact sums."""
        totals = {names.get(group, group): sum(points.values()) for group, points in sums.items()}
        whole = sum(totals.values())
        table = rows(text[text.index(first_column):])
        self.assertEqual(table.pop(), {first_column: "total", "USD": to_the_cent(whole), "SHARE": "100.0 %"})
        ordered = sorted(totals.items(), key=lambda item: -item[1])
        self.assertEqual(table, [{first_column: name, "USD": to_the_cent(amount), "SHARE": share(amount, whole)}
                                 for name, amount in ordered])

    def test_table_by_description(self):
        for window in WINDOWS:
            with self.stage_of(window) as stage:
                sums = self.expect(stage, window, "day", "description")
                self.assert_table(self.ask(stage, window, "--by", "description"), "DESCRIPTION", {}, sums)

    def test_table_by_key_has_the_names_of_keys(self):
        with self.stage_of("utc") as stage:
            names = {key["apiKeyId"]: key["name"] for key in SEED["apiKeys"]}
            # A living key, whose use begins as the clock moves.
            new_key, _ = stage.emulator.make_key("reports")
            stage.emulator.call("POST", "/_emulator/clock", {"advance": "5d"})
            names[new_key] = "reports"
            sums = self.expect(stage, "utc", "day", "api_key_id")
            self.assertEqual(set(sums), set(names))
            self.assert_table(self.ask(stage, "utc", "--by", "key"), "KEY", names, sums)
            told = csv.DictReader(io.StringIO(self.ask(stage, "utc", "--by", "key", "--output", "csv")))
            self.assertEqual({each["apiKeyName"] for each in told if each["apiKeyId"] == new_key}, {"reports"})

    def test_sums_of_a_part_are_not_shown_as_totals(self):
        with self.stage_of("utc", "--usage-series-max", "2") as stage:
            zone, _, first, last = WINDOWS["utc"]
            words = ("usage", "--from", f"{first}", "--to", f"{last}", "--by", "description")
            ran = stage.run(*words)
            self.assertIn("warning: the service left series out", ran.err)
            table = ran.out.decode()
            table = rows(table[table.index("DESCRIPTION"):])
            self.assertEqual(list(table[0]), ["DESCRIPTION", "USD (PARTIAL)", "SHARE OF WHAT CAME"])
            self.assertEqual(table[-1]["DESCRIPTION"], "total (partial)")
            self.assertEqual(len(table), 3)
            ran = stage.run(*words, "--output", "json")
            self.assertIs(json.loads(ran.out)["limitReached"], True)
            self.assertIn("limitReached", json.loads(ran.err)["warnings"][0])
            for form in ("csv", "jsonl"):
                self.assertIn("limitReached", stage.run(*words, "--output", form).err, form)

    def test_days_without_usage_are_shown_and_not_averaged_away(self):
        with self.stage_of("utc") as stage:
            _, _, first, last = WINDOWS["utc"]
            expected = self.expect(stage, "utc", "day")[""]
            text = self.ask(stage, "utc")
            days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
            empty = [day for day in days
                     if datetime.combine(day, datetime.min.time(), UTC) not in expected]
            self.assertTrue(empty)
            for day in empty:
                self.assertRegex(text, rf"(?m)^{day} +0\.00$")

    def test_last_days_end_with_today(self):
        # The clocks run: those of the emulator, of the program and of this test agree.
        for zone in ("UTC", "Pacific/Auckland", "America/Los_Angeles"):
            with self.subTest(zone), self.stage(*OPTIONS) as stage:
                days = [datetime.now(ZoneInfo(zone)).date()]
                ran = stage.run("usage", "--last", "40d", "--zone", zone)
                days.append(datetime.now(ZoneInfo(zone)).date())
                text = ran.out.decode()
                first, end = map(date.fromisoformat, re.findall(r"\d{4}-\d\d-\d\d", text)[:2])
                self.assertIn(end - timedelta(days=1), days)
                self.assertEqual(end - first, timedelta(days=40))
                begin = datetime.combine(first, datetime.min.time()) - timedelta(days=1)
                used = used_by_quarter_hour(stage.emulator, begin, begin + timedelta(days=43))
                sums = summed(used, first, end, "day", zone)
                self.assertIn(f"\nTotal: {to_the_cent(sum(sums[''].values()))} USD\n", text)


if __name__ == "__main__":
    case.main()
