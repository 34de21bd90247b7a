"""`python -m bot.cli` is `teorema`."""

from bot.cli.main import main

main()
