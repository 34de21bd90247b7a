"""Style sheet, scripts and icon: served under an address that names their content, so that browsers keep them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

STATIC_FOLDER = Path(__file__).parent / "static"
STATIC_PATH = "/console/static"
KEEP_FOR_EVER = "public, max-age=31536000, immutable"

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Asset:
    """A file as it goes out; `path` is its address on the site."""

    path: str
    body: bytes
    media_type: str


class Assets:
    """The files of a folder, read once."""

    def __init__(self, by_name: Mapping[str, Asset]) -> None:
        self._by_name = dict(by_name)
        self._by_path = {asset.path: asset for asset in by_name.values()}

    @classmethod
    def load(cls, folder: Path = STATIC_FOLDER) -> Assets:
        """Read every file of a kind we serve."""
        files = [file for file in sorted(folder.iterdir()) if file.suffix in _MEDIA_TYPES]
        return cls({file.name: _asset(file) for file in files})

    def path(self, name: str) -> str:
        """The address of a file by its plain name; an unknown name is a programming error (KeyError)."""
        return self._by_name[name].path

    def at(self, path: str) -> Asset | None:
        """The file at this address, if its content is still the same."""
        return self._by_path.get(path)


def _asset(file: Path) -> Asset:
    body = file.read_bytes()
    fingerprint = hashlib.sha256(body).hexdigest()[:12]
    return Asset(f"{STATIC_PATH}/{file.stem}.{fingerprint}{file.suffix}", body, _MEDIA_TYPES[file.suffix])
