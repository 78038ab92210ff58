"""What `balance` prints, against the emulator's books."""

import copy
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import case
from billing_case import MOMENTS, OPTIONS, BillingCase
from case import SEED
from figures import analyze, cents, dollars, labels, moment, read, usd, used_by_quarter_hour
from stage import TEAM


def books(emulator):
    """What `balance` should say: cents by name, reckoned from the three answers it rests on."""
    preview, ledger = read(emulator, "postpaid/invoice/preview"), read(emulator, "prepaid/balance")
    invoice = preview["coreInvoice"]
    credit, drawn = cents(invoice["prepaidCredits"]), cents(invoice["prepaidCreditsUsed"])
    spent, limit = cents(invoice["totalWithCorr"]), cents(preview["effectiveSpendingLimit"])
    return {"liveCredit": drawn - credit, "postedCredit": -cents(ledger["total"]),
            "cycleSpend": spent, "effectiveSpendingLimit": limit,
            "leftUnderLimit": limit - max(spent + drawn, 0)}


def now_of(emulator):
    return moment(emulator.call("GET", "/_emulator/clock")[1]["now"])


def runway(emulator, live):
    """Whole days that the credit lasts, what 30 whole days used, and cents a day."""
    today = now_of(emulator).replace(hour=0, minute=0, second=0, microsecond=0)
    series = analyze(emulator, today - timedelta(days=30), today, "NONE")
    used = sum((point["values"][0] for one in series for point in one["dataPoints"]), Decimal(0))
    per_day = (used * 100 / 30).quantize(Decimal(1), ROUND_HALF_UP)
    days = int(Decimal(live) / 100 / (used / 30)) if used else None
    return days, used, int(per_day), today


class BalanceTest(BillingCase):
    def test_says_what_the_books_say(self):
        for now in MOMENTS:
            with self.subTest(now), self.stage("--now", now, *OPTIONS) as stage:
                expected = books(stage.emulator)
                days, used, per_day, today = runway(stage.emulator, expected["liveCredit"])
                until = today + timedelta(days=days)
                told = self.ask(stage, "balance", "--output", "json")
                for name, amount in expected.items():
                    self.assertEqual(told[name], {"cents": str(amount), "usd": dollars(amount)}, name)
                self.assertEqual(told["billingCycle"], now[:7])
                self.assertEqual(Decimal(told["runway"].pop("usedUsd")), used)
                self.assertEqual(told["runway"], {
                    "state": "known", "days": days, "until": f"{until:%F}", "usedInDays": 30,
                    "burnPerDay": {"cents": str(per_day), "usd": dollars(per_day)}})
                shown = labels(self.ask(stage, "balance"))
                self.assertEqual([usd(shown[label]) for label in (
                    "Live credit", "Posted ledger", "Spent this cycle", "Spending limit",
                    "Left under it")], list(map(dollars, expected.values())))
                year = f" {until.year}" if until.year != today.year else ""
                self.assertEqual(shown["Runway"], f"{days} days at {dollars(per_day)} USD a day, "
                                                  f"until {until.day} {until:%B}{year}")

    def test_agrees_with_usage_and_ledger_entries(self):
        with self.stage("--now", MOMENTS[0], *OPTIONS) as stage:
            told = self.ask(stage, "balance", "--output", "json")
            month = datetime(2026, 11, 1)
            used = used_by_quarter_hour(stage.emulator, month, month + timedelta(days=30))
            spent = sum(used[""].values()) * 100
            self.assertEqual(int(told["cycleSpend"]["cents"]), int(spent))
            # Lines are cut to the cent, each by itself.
            lines = read(stage.emulator, "postpaid/invoice/preview")["coreInvoice"]["lines"]
            of_lines = sum(int(line["amount"]) for line in lines)
            self.assertTrue(0 <= int(told["cycleSpend"]["cents"]) - of_lines < len(lines))
            posted = sum(-cents(change["amount"])
                         for change in read(stage.emulator, "prepaid/balance")["changes"]
                         if change.get("topupStatus") in (None, "SUCCEEDED"))
            self.assertEqual(int(told["postedCredit"]["cents"]), posted)

    def test_sign_of_credit(self):
        prepaid = [{"amount": "-1000", "createdAgo": "30d"},
                   {"changeOrigin": "MANUAL", "amount": "5000", "createdAgo": "20d"}]
        with self.seeded(MOMENTS[0], prepaid=prepaid) as stage:
            expected = books(stage.emulator)
            self.assertLess(expected["postedCredit"], 0)
            told = self.ask(stage, "balance", "--output", "json")
            for name, amount in expected.items():
                self.assertEqual(int(told[name]["cents"]), amount, name)
            shown = labels(self.ask(stage, "balance"))
            self.assertTrue(shown["Live credit"].endswith("overdrawn"), shown)
            self.assertTrue(shown["Posted ledger"].startswith("-"), shown)
            self.assertEqual(shown["Runway"], "none, the credit is used up")
        with self.stage("--now", MOMENTS[0], *OPTIONS) as stage:
            # The service writes credit as negative, which is no debt.
            self.assertLess(cents(read(stage.emulator, "prepaid/balance")["total"]), 0)
            shown = labels(self.ask(stage, "balance"))
            self.assertGreater(Decimal(usd(shown["Live credit"])), 0)
            self.assertGreater(Decimal(usd(shown["Posted ledger"])), 0)

    def test_posted_ledger_is_not_shown_as_live(self):
        with self.stage("--now", MOMENTS[0], *OPTIONS) as stage:
            expected = books(stage.emulator)
            self.assertEqual(expected["postedCredit"] - expected["liveCredit"], expected["cycleSpend"])
            self.assertGreater(expected["cycleSpend"], 0)
            shown = labels(self.ask(stage, "balance"))
            self.assertEqual(usd(shown["Live credit"]), dollars(expected["liveCredit"]))
            self.assertIn("settles at cycle close", shown["Posted ledger"])

    def test_dollars_are_not_taken_for_cents(self):
        # Usage comes in dollars, credit in cents: who mixes them is wrong by a factor of 100.
        with self.stage("--now", MOMENTS[0], *OPTIONS) as stage:
            told = self.ask(stage, "balance", "--output", "json")
            used = Decimal(told["runway"]["usedUsd"])
            per_day = Decimal(told["runway"]["burnPerDay"]["usd"])
            self.assertAlmostEqual(per_day * 30, used, delta=Decimal("0.15"))
            self.assertAlmostEqual(Decimal(told["liveCredit"]["usd"]) / per_day,
                                   told["runway"]["days"], delta=1)

    def test_days_without_usage_count(self):
        seed = copy.deepcopy(SEED)
        seed["teams"][0].update(teamId=TEAM, prepaid=[{"amount": "-10000", "createdAgo": "60d"}])
        seed["apiKeys"] = [{**SEED["apiKeys"][0], "createdAgo": "13d", "deletedAgo": "10d"}]
        with self.stage_of(MOMENTS[0], seed) as stage:
            expected = books(stage.emulator)
            days, used, per_day, _ = runway(stage.emulator, expected["liveCredit"])
            self.assertGreater(used, 0)
            told = self.ask(stage, "balance", "--output", "json")["runway"]
            self.assertEqual((told["days"], told["usedInDays"]), (days, 30))
            self.assertEqual(int(told["burnPerDay"]["cents"]), per_day)

    def test_a_history_of_less_than_a_month(self):
        seed = copy.deepcopy(SEED)
        seed["teams"][0].update(teamId=TEAM, prepaid=[{"amount": "-10000", "createdAgo": "9d"}])
        seed["apiKeys"] = [{**SEED["apiKeys"][0], "createdAgo": "4d"}]
        with self.stage_of(MOMENTS[0], seed) as stage:
            _, used, _, _ = runway(stage.emulator, 1)
            told = self.ask(stage, "balance", "--output", "json")
            days = int(Decimal(books(stage.emulator)["liveCredit"]) / 100 / (used / 9))
            self.assertEqual((told["runway"]["usedInDays"], told["runway"]["days"]), (9, days))
            self.assertEqual(Decimal(told["runway"]["usedUsd"]), used)

    def test_fails_below_an_amount_by_the_cent(self):
        with self.stage("--now", MOMENTS[0], *OPTIONS) as stage:
            live = books(stage.emulator)["liveCredit"]
            for amount, code in ((live, 0), (live + 1, 7)):
                self.assertEqual(stage.run("balance", "--fail-below", dollars(amount)).code, code, amount)

    def test_runway_when_usage_has_ended(self):
        with self.stage("--now", MOMENTS[0], *OPTIONS) as stage:
            stage.emulator.call("POST", "/_emulator/clock", {"advance": "40d"})
            expected = books(stage.emulator)
            told = self.ask(stage, "balance", "--output", "json")
            self.assertEqual(told["runway"]["state"], "no_recent_usage")
            for name, amount in expected.items():
                self.assertEqual(int(told[name]["cents"]), amount, name)


if __name__ == "__main__":
    case.main()
