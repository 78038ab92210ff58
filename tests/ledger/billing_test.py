"""What the commands about invoices and the account print, against the emulator's books."""

import csv
import io

import case
from billing_case import MOMENTS, OPTIONS, BillingCase
from figures import cents, dollars, labels, read, rows, usd


def kind(invoice):
    return next(kind for kind in ("monthly", "prepaid", "subscriptions") if invoice.get(kind) is not None)


def cycle(invoice):
    found = (invoice.get("monthly") or {}).get("billingCycle")
    return f"{found['year']}-{found['month']:02}" if found else ""


class InvoicesTest(BillingCase):
    def test_list_shows_each_invoice(self):
        with self.stage("--now", MOMENTS[0], *OPTIONS) as stage:
            filed = read(stage.emulator, "invoices")["invoices"]
            self.assertGreater(len(filed), 5)
            self.assertEqual(self.ask(stage, "list-invoices", "--output", "json"), filed)
            records = csv.DictReader(io.StringIO(self.ask(stage, "list-invoices", "--output", "csv")))
            self.assertEqual([dict(record) for record in records], [
                {"invoiceId": each["invoiceId"], "invoiceNumber": each["invoiceNumber"],
                 "kind": kind(each), "billingCycle": cycle(each), "createTime": each["createTime"],
                 "invoiceStatus": each["invoiceStatus"], "subtotal": each["subtotal"],
                 "tax": each["tax"], "total": each["total"]} for each in filed])
            newest = sorted(filed, key=lambda each: each["createTime"], reverse=True)
            self.assertEqual(rows(self.ask(stage, "list-invoices")), [
                {"NUMBER": each["invoiceNumber"], "KIND": kind(each), "CYCLE": cycle(each) or "-",
                 "STATUS": each["invoiceStatus"], "TOTAL": dollars(int(each["total"])) + " USD",
                 "CREATED": each["createTime"], "ID": each["invoiceId"]} for each in newest])

    def test_list_can_be_narrowed(self):
        with self.stage("--now", MOMENTS[0], *OPTIONS) as stage:
            for words, target in ((("--since", "2026-09"), "?since.year=2026&since.month=9"),
                                  (("--cycle", "2026-10"),
                                   "?billingCycle.year=2026&billingCycle.month=10")):
                filed = read(stage.emulator, "invoices" + target)["invoices"]
                self.assertTrue(filed)
                self.assertEqual(self.ask(stage, "list-invoices", *words, "--output", "json"), filed)
            filed = [each for each in read(stage.emulator, "invoices")["invoices"]
                     if kind(each) == "prepaid"]
            self.assertEqual(self.ask(stage, "list-invoices", "--kind", "prepaid", "--output", "json"), filed)

    def test_each_can_be_got(self):
        with self.stage("--now", MOMENTS[0], *OPTIONS) as stage:
            for filed in read(stage.emulator, "invoices")["invoices"]:
                told = self.ask(stage, "get-invoice", filed["invoiceId"], "--output", "json")
                self.assertEqual(told, filed)
                head, _, table = self.ask(stage, "get-invoice", filed["invoiceId"]).partition("\n\n")
                shown = labels(head)
                figures = {"Subtotal": filed["subtotal"], "Tax": filed["tax"], "Total": filed["total"]}
                if filed.get("monthly"):
                    figures["Prepaid to spend"] = filed["monthly"]["prepaidTokensToSpend"]
                for label, value in figures.items():
                    self.assertEqual(usd(shown[label]), dollars(cents(value)), label)
                self.assertEqual((shown["Number"], shown["ID"], shown["Kind"], shown["Status"]),
                                 (filed["invoiceNumber"], filed["invoiceId"], kind(filed),
                                  filed["invoiceStatus"]))
                self.assert_lines(table, filed["lines"])

    def assert_lines(self, table, lines):
        self.assertEqual(rows(table) if lines else table, [
            {"DESCRIPTION": line["description"], "UNIT": line["unitType"], "UNITS": line["numUnits"],
             "AMOUNT": dollars(int(line["amount"])) + " USD", "CLUSTER": line["clusterName"]}
            for line in lines] or "")

    def test_preview_shows_the_running_month(self):
        for now in MOMENTS:
            with self.subTest(now), self.stage("--now", now, *OPTIONS) as stage:
                filed = read(stage.emulator, "postpaid/invoice/preview")
                self.assertEqual(self.ask(stage, "preview-invoice", "--output", "json"), filed)
                head, _, table = self.ask(stage, "preview-invoice").partition("\n\n")
                shown, invoice = labels(head), filed["coreInvoice"]
                for label, value in {
                        "Amount before tax": invoice["amountBeforeVat"], "Tax": invoice["vatCost"],
                        "Amount with tax": invoice["amountAfterVat"],
                        "Spent this cycle": invoice["totalWithCorr"],
                        "Default credits": invoice["defaultCreditsIssued"],
                        "Automatic credits": invoice["autoCreditsIssued"],
                        "Prepaid credits": invoice["prepaidCredits"],
                        "Prepaid used": invoice["prepaidCreditsUsed"],
                        "Spending limit": filed["effectiveSpendingLimit"]}.items():
                    self.assertEqual(usd(shown[label]), dollars(cents(value)), label)
                self.assertEqual(shown["Billing cycle"], now[:7])
                self.assert_lines(table, invoice["lines"])


class AccountTest(BillingCase):
    def test_spending_limit(self):
        limits = {"hardSlAuto": "22500", "softSl": "20001", "hardSlOverride": "7"}
        with self.seeded(MOMENTS[0], spendingLimits=limits) as stage:
            filed = read(stage.emulator, "postpaid/spending-limits")
            self.assertEqual(self.ask(stage, "get-spending-limit", "--output", "json"), filed)
            shown = labels(self.ask(stage, "get-spending-limit"))
            for label, name in {"In force": "effectiveSl", "Soft limit": "softSl",
                                "Hard limit": "effectiveHardSl", "Hard limit, computed": "hardSlAuto",
                                "Hard limit, by xAI": "hardSlOverride"}.items():
                self.assertEqual(usd(shown[label]), dollars(cents(filed["spendingLimits"][name])), label)

    def test_payment_methods(self):
        with self.stage("--now", MOMENTS[0], *OPTIONS) as stage:
            filed = read(stage.emulator, "payment-method")
            self.assertEqual(self.ask(stage, "list-payment-methods", "--output", "json"), filed)
            method = filed["paymentMethods"][0]
            card, owner = method["cardDetails"], method["billingInfo"]
            details = f"{card['brand']} ending in {card['last4']}, until {card['expMonth']}/{card['expYear']}"
            self.assertEqual(rows(self.ask(stage, "list-payment-methods")), [
                {"ID": method["paymentMethodId"], "TYPE": method["paymentType"], "DETAILS": details,
                 "NAME": owner["name"], "ADDED": method["addedTs"]}])
            records = csv.DictReader(io.StringIO(self.ask(stage, "list-payment-methods", "--output", "csv")))
            self.assertEqual([record["details"] for record in records], [details])

    def test_billing_info(self):
        with self.stage("--now", MOMENTS[0], *OPTIONS) as stage:
            filed = read(stage.emulator, "billing-info")
            self.assertEqual(self.ask(stage, "get-billing-info", "--output", "json"), filed)
            info, shown = filed["billingInfo"], labels(self.ask(stage, "get-billing-info"))
            self.assertEqual((shown["Name"], shown["Email"]), (info["name"], info["email"]))
            for part in info["address"].values():
                self.assertIn(part, shown["Address"])
            self.assertEqual(shown["Tax number"], f"{info['taxNumber']} {info['taxIdType']}")


if __name__ == "__main__":
    case.main()
