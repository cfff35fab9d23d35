"""CHECK: what can be said of a script without running it.

Parsing happens in a forked child with limits of its own, because the parser itself can be made to crash or
to eat memory. The script is never executed.
"""

import ast
import json
import os
import resource
import select
import signal
import time
from typing import Any

from pipeline_engine.codes import SCRIPT_CONTRACT, SCRIPT_SYNTAX
from pipeline_engine.errors import cut, message_of, to_json
from pipeline_engine.processes import bury, die_with_parent, kill
from pipeline_engine.scripts import compile_script

_SECONDS = 5
_ADDRESS_SPACE = 1 << 30
_ANSWER_LIMIT = 65_536
_MESSAGE_LIMIT = 2000


def problem(message: str, code: str, line: int | None = None, column: int | None = None, severity: str = "error") -> dict[str, Any]:
    """One problem as the protocol describes it; line and column count from 1."""
    return {"line": line, "column": column, "severity": severity, "message": cut(message, _MESSAGE_LIMIT), "code": code}


def check_in_a_child(source: bytes) -> list[dict[str, Any]]:
    """The problems of a script, also of one that takes the parser down; at most a few seconds."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(read)
            _limit_this_process()
            os.write(write, to_json(problems_of(source)))
        finally:
            os._exit(0)
    os.close(write)
    answer = _read_all(read, time.monotonic() + _SECONDS)
    os.close(read)
    kill(child)
    bury(child)
    try:
        return json.loads(answer)
    except ValueError:
        return [problem("the script cannot be parsed: it is nested too deep or too large for Python's parser", SCRIPT_SYNTAX)]


def _limit_this_process() -> None:
    die_with_parent()
    signal.set_wakeup_fd(-1)
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read_all(descriptor: int, deadline: float) -> bytes:
    answer = b""
    while len(answer) < _ANSWER_LIMIT:
        readable, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        piece = os.read(descriptor, _ANSWER_LIMIT) if readable else b""
        if not piece:
            break
        answer += piece
    return answer


def problems_of(source: bytes) -> list[dict[str, Any]]:
    """The problems of a script, in the order of its lines; parses in this very process."""
    try:
        text = source.decode()
    except UnicodeDecodeError as wrong:
        line = source.count(b"\n", 0, wrong.start) + 1
        return [problem(f"the script is not UTF-8 (byte {wrong.start})", SCRIPT_SYNTAX, line)]
    if "\0" in text:
        before = text[: text.index("\0")]
        column = len(before) - (before.rfind("\n") + 1) + 1
        return [problem("the script holds a NUL byte", SCRIPT_SYNTAX, before.count("\n") + 1, column)]
    if not text.strip():
        return [problem("the script is empty: it needs `def transform(record)` that returns a dict", SCRIPT_CONTRACT, 1, 1)]
    try:
        compile_script(text, "script")
        tree = ast.parse(text)
    except SyntaxError as wrong:
        return [problem(wrong.msg or message_of(wrong), SCRIPT_SYNTAX, wrong.lineno or 1, max(1, wrong.offset or 1))]
    return _contract_problems(tree)


def _contract_problems(tree: ast.Module) -> list[dict[str, Any]]:
    definition = _last_definition(tree, "transform")
    if definition is None:
        if _may_define(tree, "transform"):
            return []
        return [problem("the script defines no `transform`: it needs `def transform(record)` that returns a dict", SCRIPT_CONTRACT, 1, 1)]
    found = _function_problems(definition, "transform", 1)
    setup = _last_definition(tree, "setup")
    return found + (_function_problems(setup, "setup", 0) if setup is not None else [])


def _last_definition(tree: ast.Module, name: str) -> ast.stmt | None:
    """The last statement at the top level that gives the name a meaning plain to see."""
    found = None
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and statement.name == name:
            found = statement
        elif isinstance(statement, ast.Assign | ast.AnnAssign) and name in _assigned_names(statement):
            found = statement
    return found


def _assigned_names(statement: ast.Assign | ast.AnnAssign) -> set[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}


def _may_define(tree: ast.Module, name: str) -> bool:
    """Whether the name may come about in a way that only running the script would show."""
    for node in ast.walk(tree):
        if isinstance(node, ast.alias) and (node.name == "*" or (node.asname or node.name) == name):
            return True
        if isinstance(node, ast.Name) and node.id in ("exec", "globals", "setattr"):
            return True
    nested = [child for statement in tree.body if not _opens_scope(statement) for child in ast.walk(statement)]
    return any(getattr(node, "name", getattr(node, "id", None)) == name for node in nested)


def _opens_scope(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)


def _function_problems(definition: ast.stmt, name: str, arguments: int) -> list[dict[str, Any]]:
    at = (definition.lineno, definition.col_offset + 1)
    if isinstance(definition, ast.ClassDef):
        return [problem(f"`{name}` must be a function, not a class", SCRIPT_CONTRACT, *at)]
    if isinstance(definition, ast.Assign | ast.AnnAssign):
        if isinstance(definition.value, ast.Constant | ast.List | ast.Dict | ast.Set | ast.Tuple | ast.JoinedStr):
            return [problem(f"`{name}` must be a function", SCRIPT_CONTRACT, *at)]
        return []
    if definition.decorator_list:
        return []
    found = []
    if not _accepts(definition.args, arguments):
        wanted = "one argument, the record" if arguments else "no argument"
        found.append(problem(f"`{name}` must take {wanted}", SCRIPT_CONTRACT, *at))
    if _yields(definition):
        found.append(problem(f"`{name}` is a generator: it must return, not yield", SCRIPT_CONTRACT, *at))
    elif name == "transform" and not _returns_a_value(definition):
        found.append(problem("`transform` never returns a value: every record would fail", SCRIPT_CONTRACT, *at, severity="warning"))
    return found


def _accepts(arguments: ast.arguments, count: int) -> bool:
    positional = len(arguments.posonlyargs) + len(arguments.args)
    required = positional - len(arguments.defaults)
    needs_keyword = any(default is None for default in arguments.kw_defaults)
    return required <= count and (positional >= count or arguments.vararg is not None) and not needs_keyword


def _own_nodes(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.AST]:
    """Nodes of the function's body without those of functions and classes within it."""
    found: list[ast.AST] = []
    stack: list[ast.AST] = list(function.body)
    while stack:
        node = stack.pop()
        found.append(node)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            stack.extend(ast.iter_child_nodes(node))
    return found


def _yields(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(node, ast.Yield | ast.YieldFrom) for node in _own_nodes(function))


def _returns_a_value(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether some way through it returns something, or it only ever raises."""
    nodes = _own_nodes(function)
    if any(isinstance(node, ast.Return) and node.value is not None for node in nodes):
        return True
    return isinstance(function.body[-1], ast.Raise)
