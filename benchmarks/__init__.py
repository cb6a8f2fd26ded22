"""What Klankbord costs, as ratios within one run: `make bench`. See docs/performance.md."""
