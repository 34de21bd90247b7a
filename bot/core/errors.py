"""Three families of errors, told apart by what the caller does next."""

from __future__ import annotations


class TeoremaError(Exception):
    """Base of every error of our own; `key` names the text for the person, `values` fill its placeholders."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key} {values}" if values else key)
        self.key = key
        self.values = values


class Refused(TeoremaError):
    """The request is wrong and trying again changes nothing: the person is told what to mend."""


class Unavailable(TeoremaError):
    """Something we need is not there right now: the caller retries or queues."""


class Misconfigured(TeoremaError):
    """The program cannot start like this: `setting` names what to change, `reason` says why."""

    def __init__(self, setting: str, reason: str) -> None:
        super().__init__("misconfigured", setting=setting, reason=reason)
        self.setting = setting
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.setting}: {self.reason}"
