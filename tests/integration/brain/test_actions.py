"""Actions in this process: what they raise is kept, what they return is trusted as Rasa would check it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.exceptions import RasaException
from rasa_sdk import Action
from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import ActionExecutionRejection as SdkRejection

from bot.brain.actions import InProcessActions, trust_own_actions
from bot.brain.session import RasaSession, in_session


class Works(Action):
    def name(self) -> str:
        return "action_works"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        dispatcher.utter_message(response="utter_greet")
        return [SlotSet("tone", f"{len(domain['intents'])} intents")]


class Fails(Action):
    def name(self) -> str:
        return "action_fails"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        raise ZeroDivisionError("an action went wrong")


class Rejects(Action):
    def name(self) -> str:
        return "action_rejects"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        raise SdkRejection("action_rejects", "not now")


@pytest.fixture
def endpoint() -> InProcessActions:
    return InProcessActions([Works, Fails, Rejects], Domain.from_yaml('version: "3.1"\nintents: [greet, goodbye]'))


@pytest.fixture
def session() -> Iterator[RasaSession]:
    with in_session(RasaSession("c-1", None, {})) as session:
        yield session


def call(name: str) -> dict[str, Any]:
    """What Rasa sends to an action server."""
    tracker = {"sender_id": "c-1", "slots": {}, "latest_message": {}, "events": [], "paused": False}
    return {"next_action": name, "sender_id": "c-1", "tracker": tracker}


async def test_an_action_runs_with_the_whole_domain(endpoint: InProcessActions, session: RasaSession):
    result = await endpoint.request(json=call("action_works"))

    assert [event["value"] for event in result["events"]] == ["2 intents"]
    assert [response["response"] for response in result["responses"]] == ["utter_greet"]
    assert session.errors == []


async def test_what_an_action_raises_is_kept(endpoint: InProcessActions, session: RasaSession):
    with pytest.raises(ZeroDivisionError):
        await endpoint.request(json=call("action_fails"))

    assert [type(error) for error in session.errors] == [ZeroDivisionError]


async def test_a_rejection_is_a_decision_not_an_error(endpoint: InProcessActions, session: RasaSession):
    with pytest.raises(ActionExecutionRejection):
        await endpoint.request(json=call("action_rejects"))

    assert session.errors == []


def test_rasa_still_checks_action_results_under_the_name_that_we_replace():
    """A private name: when Rasa drops it, our check would silently stop and this fails."""
    trust_own_actions()

    assert "self._validate_action_result(" in inspect.getsource(RemoteAction.run)
    assert RemoteAction._validate_action_result.__module__ == "bot.brain.actions"


def test_a_result_that_is_no_object_is_refused():
    trust_own_actions()
    action = RemoteAction("action_works", None)

    assert action._validate_action_result({"events": [], "responses": []})
    with pytest.raises(RasaException):
        action._validate_action_result(["events"])
