import json
import sys

TYPES, SINCE, UNTIL = json.loads(sys.argv[2])


def make_rule(event_type):
    def rule(event):
        return event.get("eventType") == event_type

    return rule


RULES = [make_rule(event_type) for event_type in TYPES]

with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        event = json.loads(line)
        if SINCE <= event["published"] < UNTIL and any(rule(event) for rule in RULES):
            print(event["uuid"])
