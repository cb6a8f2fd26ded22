"""The entry: `python main.py COMMAND`."""

from cli.commands import cli

if __name__ == "__main__":
    cli()
