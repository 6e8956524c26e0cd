"""What wall clocks show, by Python's zone database: for each {"wall", "zone", "zones"} the local time in each of the zones, as JSON."""
import json
import sys
from datetime import datetime
from zoneinfo import ZoneInfo


def shown(case):
    instant = datetime.fromisoformat(case["wall"]).replace(tzinfo=ZoneInfo(case["zone"]))
    return [instant.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M") for zone in case["zones"]]


json.dump([shown(case) for case in json.load(sys.stdin)], sys.stdout)
