"""The `teorema` command: each use of the service from a terminal. Errors are one sentence on stderr."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable

import typer

from bot.cli import care_score, chat, doctor, evaluate, parse, replay, run, train
from bot.cli.texts import load_texts
from bot.core.errors import Misconfigured, Refused, TeoremaError

WRONG_USE, FELL_SHORT = 2, 1

app = typer.Typer(
    name="teorema",
    help="Teorema: the Italian social-care bot. See README.md.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(run.run)
app.command("train")(train.train)
app.command("parse")(parse.parse)
app.command("chat")(chat.chat)
app.command("replay")(replay.replay)
app.command("care-score")(care_score.care_score)
app.command("doctor")(doctor.doctor)
app.add_typer(evaluate.app, name="evaluate")


def main() -> None:
    """Run the command line; exit codes: 0 done, 1 a check fell short, 2 wrong use or configuration."""
    warnings.filterwarnings("ignore", category=DeprecationWarning)  # of libraries that Rasa pins: nobody here can act
    sys.exit(_guarded(lambda: app(standalone_mode=True)))


def _guarded(command: Callable[[], object]) -> int:
    try:
        command()
    except Misconfigured as error:
        return _complain(str(error), WRONG_USE)
    except TeoremaError as error:
        sentence = load_texts("errors")(error.key, **{name: str(value) for name, value in error.values.items()})
        code = WRONG_USE if isinstance(error, Refused) else FELL_SHORT
        return _complain(sentence if sentence != error.key else str(error), code)
    except BrokenPipeError:
        return 0
    return 0


def _complain(sentence: str, code: int) -> int:
    print(f"teorema: {sentence}", file=sys.stderr)
    return code
