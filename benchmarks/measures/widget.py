"""How long a customer of the widget waits."""

from __future__ import annotations

from benchmarks.bench import Bench
from benchmarks.crowd import Crowd, waits
from benchmarks.figures import milliseconds, percentile
from benchmarks.messages import shuffled
from benchmarks.rows import Figure, Row, at_most

_CUSTOMERS = 10
_READING = (0.4, 1.0)
_WARMING = 3
_BUDGETS = ((0.50, 0.030), (0.99, 0.120))


def widget(bench: Bench) -> list[Row]:
    """Ten customers at once, each reading 0.4-1.0 s (evenly at random) between an answer and the next message.

    From the moment at which the client begins to send `POST /api/widget/messages` to the moment at which it has read
    the answer from its open event stream. The service announces an answer only after the transaction that stores it,
    so the figure includes storing, and the client's own work as well. The service is `teorema run` in its own process
    with SQLite in a file, `TEOREMA_LISTEN_WINDOW=0` and no training beside it; held-out messages; the first three
    turns of each customer do not count.
    """
    return [row for kind in bench.kinds for row in _rows(bench, kind)]


def _rows(bench: Bench, kind: str) -> list[Row]:
    texts = shuffled(bench.messages, seed=2)
    crowd = Crowd(_CUSTOMERS, messages=bench.sizes.readers + _WARMING, reading=_READING)
    with bench.bar(f"widget, ten readers ({kind})", 1) as advance, bench.service(kind) as service:
        seconds = waits(crowd.talk_to(service.url, texts), warming=_WARMING)
        advance()
    note = f"{len(seconds)} messages, longest {milliseconds(max(seconds))}"
    return [
        at_most(
            f"widget POST to stored answer, p{share * 100:.0f}, {_CUSTOMERS} at once ({kind})",
            Figure(found := percentile(seconds, share), milliseconds(found)),
            Figure(limit, milliseconds(limit)),
            note=note,
        )
        for share, limit in _BUDGETS
    ]
