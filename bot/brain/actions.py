"""Custom actions in this process, through rasa_sdk's own executor instead of an HTTP server."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection as SdkRejection

from bot.brain.session import current_session


class InProcessActions(EndpointConfig):
    """An action endpoint that runs actions here; what an action raises is kept, because Rasa only logs it."""

    def __init__(self, actions: Iterable[type[Action]], domain: Domain) -> None:
        super().__init__(url="inprocess://actions", enable_selective_domain=True)
        self._executor = ActionExecutor()
        for action in actions:
            self._executor.register_action(action)
        self._domain = domain.as_dict()

    async def request(self, *_: Any, **kwargs: Any) -> Any:
        """Run one action call as rasa_sdk would."""
        call = {**kwargs["json"], "domain": self._domain}
        try:
            return await self._executor.run(call)
        except SdkRejection as rejection:
            raise ActionExecutionRejection(rejection.action_name, rejection.message) from rejection
        except Exception as error:
            current_session().errors.append(error)
            raise


def trust_own_actions() -> None:
    """Replace Rasa's check of action results, which validates its own JSON schema anew on each call (18 ms of 20).

    rasa_sdk has already checked the events that its executor returns. A test guards the private name.
    """

    def check(_self: RemoteAction, result: Any) -> bool:
        if not isinstance(result, dict):
            raise RasaException(f"an action returned {type(result).__name__}, not an object")
        return True

    RemoteAction._validate_action_result = check
