"""Reads of what never changes, kept in memory: the least used is forgotten first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class KeptReads(Generic[Key, Value]):
    """A bounded memory of values by their names.

    A name must say the content, not only an id: in another database, or one restored
    from a copy, the same id may mean something else.

    Args:
        most: How many values are kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def value(self, key: Key, read: Callable[[], Value]) -> Value:
        """Return the value of a name, read on first use.

        Two threads that both miss both read; the answer is the same.
        """
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        found = read()
        with self._lock:
            self._values[key] = found
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return found
