"""`python -m benchmarks`: every ratio, as it is measured."""

from benchmarks.acknowledging import acknowledging
from benchmarks.databases import postgresql, sqlite
from benchmarks.ticking import ticking


def main() -> None:
    """Measure on both kinds of database, and print."""
    print(f"{'':<58} {'ratio':>6}  (middle half) and target, medians")
    for kind in (sqlite, postgresql):
        with kind() as databases:
            print(acknowledging(databases), flush=True)
            print(ticking(databases), flush=True)


if __name__ == "__main__":
    main()
