"""Templates to pages: everything is escaped, everything missing is an error."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.console import presenting
from bot.console.assets import Assets
from bot.console.catalogue import LANGUAGES
from bot.console.paging import with_language
from bot.console.visit import Visit

TEMPLATES_FOLDER = Path(__file__).parent / "templates"


class Pages:
    """Renders the templates of a folder."""

    def __init__(self, assets: Assets, *, brand_name: str, folder: Path = TEMPLATES_FOLDER) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(asset=assets.path, brand=brand_name, **presenting.HELPERS)

    def html(self, template: str, visit: Visit, view: Mapping[str, object]) -> str:
        """A template as text; it sees the texts as `t`, times as `moments` and whoever is signed in as `operator`."""
        operator = visit.session.operator if visit.session else None
        shared = {
            "t": visit.texts,
            "moments": visit.moments,
            "csrf": visit.csrf,
            "operator": operator,
            "language_links": [(code, with_language(visit.address, code)) for code in LANGUAGES],
        }
        return self._environment.get_template(template).render({**shared, **view})

    def render(
        self,
        template: str,
        visit: Visit,
        view: Mapping[str, object],
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        """A template as an HTTP answer."""
        return HTMLResponse(self.html(template, visit, view), status_code=status, headers=dict(headers or {}))
