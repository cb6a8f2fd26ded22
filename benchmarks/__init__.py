"""What Klankbord costs, as ratios within one run: `make bench`. What they mean stands in docs/performance.md."""
