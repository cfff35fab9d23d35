"""What the text of a script says about whether it can be used. Nothing is executed.

Only what is plain to see is complained about: a script that defines `transform` in a roundabout way passes.
"""

import ast
from typing import Any

from pipeline_engine.protocol.codes import SCRIPT_CONTRACT, SCRIPT_SYNTAX
from pipeline_engine.scripts.parsing import BYTE_ORDER_MARK, compile_script
from pipeline_engine.protocol.reports import cut

_MESSAGE_LIMIT = 2000
_NEEDED = "it needs `def transform(record)` that returns a dict"

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef | ast.Assign | ast.AnnAssign
Problem = dict[str, Any]

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def problem(
    message: str, code: str, line: int | None = None, column: int | None = None, severity: str = "error"
) -> Problem:
    """One problem as the protocol describes it; line and column count from 1."""
    return {"line": line, "column": column, "severity": severity, "message": cut(message, _MESSAGE_LIMIT), "code": code}


def problems_of(source: bytes) -> list[Problem]:
    """The problems of a script, in the order of its lines; parses in this very process."""
    try:
        text = source.decode().removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError as wrong:
        line = source.count(b"\n", 0, wrong.start) + 1
        return [problem(f"the script is not UTF-8 (byte {wrong.start})", SCRIPT_SYNTAX, line)]
    if "\0" in text:
        before = text[: text.index("\0")]
        column = len(before) - (before.rfind("\n") + 1) + 1
        return [problem("the script holds a NUL byte", SCRIPT_SYNTAX, before.count("\n") + 1, column)]
    if not text.strip():
        return [problem(f"the script is empty: {_NEEDED}", SCRIPT_CONTRACT, 1, 1)]
    try:
        compile_script(text, "script")
        tree = ast.parse(text)
    except SyntaxError as wrong:
        return [problem(wrong.msg, SCRIPT_SYNTAX, wrong.lineno or 1, max(1, wrong.offset or 1))]
    return _contract_problems(tree)


def _contract_problems(tree: ast.Module) -> list[Problem]:
    definition = _last_definition(tree, "transform")
    if definition is None:
        if _may_define(tree, "transform"):
            return []
        return [problem(f"the script defines no `transform`: {_NEEDED}", SCRIPT_CONTRACT, 1, 1)]
    found = _function_problems(definition, "transform", 1)
    setup = _last_definition(tree, "setup")
    return found + (_function_problems(setup, "setup", 0) if setup is not None else [])


def _last_definition(tree: ast.Module, name: str) -> Definition | None:
    """The last statement at the top level that gives the name a meaning plain to see."""
    found: Definition | None = None
    for statement in tree.body:
        if isinstance(statement, _SCOPES):
            found = statement if statement.name == name else found
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
    nested = [child for statement in tree.body if not isinstance(statement, _SCOPES) for child in ast.walk(statement)]
    return any(getattr(node, "name", getattr(node, "id", None)) == name for node in nested)


def _function_problems(definition: Definition, name: str, arguments: int) -> list[Problem]:
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
        message = "`transform` never returns a value: every record would fail"
        found.append(problem(message, SCRIPT_CONTRACT, *at, severity="warning"))
    return found


def _accepts(arguments: ast.arguments, count: int) -> bool:
    positional = len(arguments.posonlyargs) + len(arguments.args)
    required = positional - len(arguments.defaults)
    needs_keyword = any(default is None for default in arguments.kw_defaults)
    return required <= count and (positional >= count or arguments.vararg is not None) and not needs_keyword


def _own_nodes(function: Function) -> list[ast.AST]:
    """Nodes of the function's body without those of functions and classes within it."""
    found: list[ast.AST] = []
    stack: list[ast.AST] = list(function.body)
    while stack:
        node = stack.pop()
        found.append(node)
        if not isinstance(node, (*_SCOPES, ast.Lambda)):
            stack.extend(ast.iter_child_nodes(node))
    return found


def _yields(function: Function) -> bool:
    return any(isinstance(node, ast.Yield | ast.YieldFrom) for node in _own_nodes(function))


def _returns_a_value(function: Function) -> bool:
    """Whether some way through it returns something, or it only ever raises."""
    nodes = _own_nodes(function)
    if any(isinstance(node, ast.Return) and node.value is not None for node in nodes):
        return True
    return isinstance(function.body[-1], ast.Raise)
