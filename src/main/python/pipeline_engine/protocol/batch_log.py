import codecs


class BatchLog:
    """Turns output into text of at most `limit` bytes, half of it from the beginning and half from the end."""

    def __init__(self, limit: int) -> None:
        self._head_left = limit // 2
        self._tail_limit = limit - limit // 2
        self._tail = bytearray()
        self._left_out = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, data: bytes | memoryview) -> bytes:
        """Add output; returns what of it belongs to the beginning, as UTF-8 to send now."""
        head = bytes(data[: self._head_left])
        self._head_left -= len(head)
        if len(head) < len(data):
            self._keep(data[len(head) :])
        return self._decoder.decode(head).encode() if head else b""

    def _keep(self, data: bytes | memoryview) -> None:
        self._tail += data[-self._tail_limit :]
        excess = len(self._tail) - self._tail_limit
        self._left_out += max(0, len(data) - self._tail_limit)
        # Cut rarely: moving the whole tail for every print would take quadratic time.
        if excess > self._tail_limit:
            del self._tail[:excess]
            self._left_out += excess

    def finish(self) -> bytes:
        """The end of the log, after a line that tells how many bytes were left out before it."""
        excess = max(0, len(self._tail) - self._tail_limit)
        if self._left_out + excess == 0:
            return self._decoder.decode(bytes(self._tail), final=True).encode()
        tail = bytes(self._tail[excess:])
        text = tail.decode("utf-8", "replace").lstrip("\ufffd")
        return f"\n... {self._left_out + excess:,} bytes left out ...\n{text}".encode()
