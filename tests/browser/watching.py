"""What no page may do, whatever a test does with it: noted as it happens."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Request,
    Response,
    WebError,
)

ECHO = "Failed to load resource"
SERVER_FAULT = 500
FIRST_REFUSAL = 400


@dataclass
class Watch:
    """Notes errors on the console, broken policies, faults and foreign requests.

    Attributes:
        origin: The only origin that may be asked for anything.
        problems: What was noted.
        expected: Patterns of what a test provokes on purpose.
    """

    origin: str
    problems: list[str] = field(default_factory=list)
    expected: list[re.Pattern[str]] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Watch every page of a context from now on."""
        context.on("console", self._hear)
        context.on("weberror", self._catch)
        context.on("request", self._see_request)
        context.on("response", self._see_response)

    def leave(self, context: BrowserContext) -> None:
        """Stop watching a context that outlives the test."""
        context.remove_listener("console", self._hear)
        context.remove_listener("weberror", self._catch)
        context.remove_listener("request", self._see_request)
        context.remove_listener("response", self._see_response)

    def expect(self, *patterns: str) -> None:
        """Let pass what a test provokes."""
        self.expected += [re.compile(pattern) for pattern in patterns]

    def check(self) -> None:
        """Fail with everything that was noted."""
        noted, self.problems = self.problems, []
        assert not noted, "\n".join(noted)

    def _note(self, text: str) -> None:
        if not any(pattern.search(text) for pattern in self.expected):
            self.problems.append(text)

    def _hear(self, message: ConsoleMessage) -> None:
        is_policy = "Content Security Policy" in message.text
        # The console repeats every refused answer: `_see_response` judges those.
        is_echo = message.text.startswith(ECHO) and "status of" in message.text
        if is_policy or (message.type == "error" and not is_echo):
            self._note(f"console: {message.text} ({message.location['url']})")

    def _catch(self, error: WebError) -> None:
        self._note(f"script: {error.error}")

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith(f"{self.origin}/"):
            self._note(f"foreign request: {request.url[:200]}")

    def _see_response(self, response: Response) -> None:
        is_page = response.request.resource_type == "document"
        worst = SERVER_FAULT if is_page else FIRST_REFUSAL
        if response.status >= worst:
            method = response.request.method
            self._note(f"{response.status}: {method} {response.url}")
