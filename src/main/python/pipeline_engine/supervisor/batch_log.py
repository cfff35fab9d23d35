"""The log of a batch: what the scripts print, bounded to a head and a tail however much it is."""

import codecs


class BatchLog:
    """Takes bytes as they come from the scripts and gives text to send; keeps at most half the limit."""

    def __init__(self, limit: int) -> None:
        self._head_left = limit // 2
        self._tail_limit = limit - limit // 2
        self._tail = bytearray()
        self._left_out = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, data: bytes | memoryview) -> bytes:
        """Take output; returns the text to send now, in UTF-8, as long as the head has room."""
        head = bytes(data[: self._head_left])
        self._head_left -= len(head)
        if len(head) < len(data):
            self._keep(data[len(head) :])
        return self._decoder.decode(head).encode() if head else b""

    def _keep(self, data: bytes | memoryview) -> None:
        self._tail += data[-self._tail_limit :]
        excess = len(self._tail) - self._tail_limit
        self._left_out += max(0, len(data) - self._tail_limit)
        # Cut rarely: moving the whole tail for every small print would be quadratic.
        if excess > self._tail_limit:
            del self._tail[:excess]
            self._left_out += excess

    def finish(self) -> bytes:
        """The text that ends the log: the tail, after a line that says how much was left out before it."""
        excess = max(0, len(self._tail) - self._tail_limit)
        if self._left_out + excess == 0:
            return self._decoder.decode(bytes(self._tail), final=True).encode()
        tail = bytes(self._tail[excess:])
        text = tail.decode("utf-8", "replace").lstrip("\ufffd")
        return f"\n... {self._left_out + excess:,} bytes left out ...\n{text}".encode()
