"""List what the policies verified in a workspace, to be judged by eye: the ground of ``termalign/data/policies.toml``.

    python scripts/policy_links.py DIR                 every verified entry, by policy
    python scripts/policy_links.py DIR --draw 50       at most 50 per policy, drawn with a seed
    python scripts/policy_links.py DIR --only parts-and-units

Each line is an entry: its id, then the designations of its languages. Judge whether they say the same and are whole names, and
enter the counts with the version of the policy.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from pathlib import Path


def verified(folder: Path) -> dict[str, list[str]]:
    """Return a line for each entry that a policy verified, by policy."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in (folder / "glossary.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        policy = (entry.get("verified_by") or {}).get("policy")
        if policy:
            names = (" ; ".join(one["text"] for one in terms) for terms in entry["terms"].values())
            found[f"{policy} {entry['verified_by']['version']}"].append(f"{entry['id']}  {' | '.join(names)}")
    return found


def main() -> int:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a workspace that a build left")
    parser.add_argument("--draw", type=int, help="how many entries per policy")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="name of a policy")
    arguments = parser.parse_args()
    for policy, lines in sorted(verified(arguments.folder).items()):
        if arguments.only and policy.partition(" ")[0] != arguments.only:
            continue
        drawn = lines
        if arguments.draw is not None and arguments.draw < len(lines):
            drawn = sorted(random.Random(arguments.seed).sample(lines, arguments.draw))  # noqa: S311 - a sample, no secret
        sys.stdout.write(f"== {policy}: {len(drawn)} of {len(lines)}\n" + "".join(f"{line}\n" for line in drawn))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
