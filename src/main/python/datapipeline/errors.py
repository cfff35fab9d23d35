"""What can become of a model call that gives no usable answer."""


class ModelCallFailed(Exception):
    """The call was refused or has failed.

    `status` is that of HTTP, 0 if no answer came; `code` is a word for programs, such as `budget_exhausted`.
    """

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(status, code, message)
        self.status = status
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.message} ({self.status} {self.code})" if self.status else f"{self.message} ({self.code})"


class ModelAnswerInvalid(Exception):
    """The model has answered, but not with what was asked for; `answer` is its text."""

    def __init__(self, message: str, answer: str) -> None:
        super().__init__(message, answer)
        self.message = message
        self.answer = answer

    def __str__(self) -> str:
        return self.message
