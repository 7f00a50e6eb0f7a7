"""A message to a person, complete."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A mail as it will be sent.

    Attributes:
        key: Says once and for all which message this is; a second one is not sent.
        recipient: An e-mail address.
        subject: One line.
        text: The whole message as plain text.
        html: The same, with styles on the elements.
        unsubscribe: Address at which such messages are given up; empty where one
            cannot do without them.
    """

    key: str
    recipient: str
    subject: str
    text: str
    html: str
    unsubscribe: str = ""
