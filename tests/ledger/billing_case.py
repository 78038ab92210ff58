"""What the tests of the commands about money share."""

import copy
import json
from decimal import Decimal

import case
from case import SEED
from stage import TEAM

OPTIONS = ("--propagation", "0s", "--random-seed", "7")
# A running month, the first and the last moment of one, and a leap day.
MOMENTS = ("2026-11-23T12:00:00Z", "2026-12-01T00:00:00Z", "2027-03-31T23:59:59Z",
           "2028-02-29T06:30:00Z")


class BillingCase(case.Case):
    def ask(self, stage, *words):
        """What a run prints, read as JSON where it is; it has to end well."""
        ran = stage.run(*words)
        self.assertEqual(ran.code, 0, ran.err)
        text = ran.out.decode()
        return json.loads(text, parse_float=Decimal) if "json" in words else text

    def seeded(self, now, **team):
        """A stage around a team whose seed has other members."""
        seed = copy.deepcopy(SEED)
        seed["teams"][0].update(teamId=TEAM, **team)
        return self.stage_of(now, seed)

    def stage_of(self, now, seed):
        path = self.enterContext(case.temporary_folder()) / "seed.json"
        path.write_text(json.dumps(seed))
        return self.stage("--now", now, "--seed", str(path), *OPTIONS)
