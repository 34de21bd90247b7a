"""The folder a trained encoder lives in: `encoder.onnx`, `pieces.json` and `encoder.json`, which tells about both."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.core.errors import Misconfigured, Unavailable

NETWORK, PIECES, MANIFEST = "encoder.onnx", "pieces.json", "encoder.json"
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """What `encoder.json` says: how to use the network, how good it is, what it came from."""

    intents: tuple[str, ...]
    temperature: float
    limit: int
    dev_accuracy: float
    agreement: float
    examples: int
    seconds: float
    fingerprint: str
    versions: Mapping[str, str]
    sha256: Mapping[str, str]
    format: int = FORMAT

    def save(self, folder: Path) -> None:
        """Write it into a folder."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read a folder's manifest; Unavailable when there is none, Misconfigured when it cannot be used."""
        path = folder / MANIFEST
        if not path.is_file():
            raise Unavailable("encoder_unavailable", reason=f"no encoder has been trained into {folder}")
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
            manifest = cls(**{**fields, "intents": tuple(fields["intents"])})
        except (ValueError, TypeError, KeyError) as error:
            raise Misconfigured(str(path), f"it is damaged, train again ({error})") from error
        if manifest.format != FORMAT:
            raise Misconfigured(str(path), f"format {manifest.format} instead of {FORMAT}, train again")
        return manifest

    def check(self, folder: Path) -> None:
        """Raise Misconfigured when a file of the folder is missing or not the one that was written."""
        for name, digest in self.sha256.items():
            if not (folder / name).is_file() or sha256(folder / name) != digest:
                raise Misconfigured(str(folder / name), "the file is missing or damaged, train again")


@dataclass(frozen=True)
class EncoderReport:
    """What a finished training made: its folder and what the manifest there says."""

    folder: Path
    manifest: Manifest

    @property
    def dev_accuracy(self) -> float:
        """Share of the held-out texts that the exported network gets right."""
        return self.manifest.dev_accuracy

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(path.stat().st_size for path in self.folder.iterdir())


def sha256(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def publishing(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill; it takes the place of `folder` in one rename, only when nothing went wrong.

    What an earlier killed attempt left beside it is cleared first.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    for leftover in folder.parent.glob(f".{folder.name}.*.tmp"):
        shutil.rmtree(leftover)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".tmp", dir=folder.parent))
    try:
        yield fresh
        fresh.chmod(0o755)
        _put(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _put(fresh: Path, folder: Path) -> None:
    """Rename onto the place; an older folder steps aside first, because a full one cannot be renamed over."""
    old = fresh.with_name(f"{fresh.name.removesuffix('.tmp')}.old.tmp")
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
