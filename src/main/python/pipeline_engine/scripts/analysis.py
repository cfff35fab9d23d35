"""Checks the text of a script against its contract; a script that defines `transform` in an unusual way passes."""

import ast

from pipeline_engine.protocol.error_codes import ErrorCode
from pipeline_engine.protocol.reports import ScriptProblem
from pipeline_engine.scripts import contract
from pipeline_engine.scripts.contract import SETUP, TRANSFORM, EntryPoint
from pipeline_engine.scripts.parsing import BYTE_ORDER_MARK, compile_script

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef | ast.Assign | ast.AnnAssign

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def problems_of(source: bytes) -> list[ScriptProblem]:
    """The problems of a script, in the order of its lines; parses in this very process."""
    try:
        text = source.decode().removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError as wrong:
        line = source.count(b"\n", 0, wrong.start) + 1
        message = f"the script is not UTF-8 (byte {wrong.start})"
        return [ScriptProblem.error(ErrorCode.SCRIPT_SYNTAX, message, line)]
    if "\0" in text:
        before = text[: text.index("\0")]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return [ScriptProblem.error(ErrorCode.SCRIPT_SYNTAX, "the script holds a NUL byte", line, column)]
    if not text.strip():
        return [ScriptProblem.error(ErrorCode.SCRIPT_CONTRACT, contract.EMPTY, 1, 1)]
    try:
        compile_script(text, "script")
        tree = ast.parse(text)
    except SyntaxError as wrong:
        line, column = wrong.lineno or 1, max(1, wrong.offset or 1)
        return [ScriptProblem.error(ErrorCode.SCRIPT_SYNTAX, wrong.msg, line, column)]
    return _contract_problems(tree)


def _contract_problems(tree: ast.Module) -> list[ScriptProblem]:
    transform = _last_definition(tree, TRANSFORM.name)
    if transform is None:
        if _may_define(tree, TRANSFORM.name):
            return []
        return [ScriptProblem.error(ErrorCode.SCRIPT_CONTRACT, contract.NO_TRANSFORM, 1, 1)]
    setup = _last_definition(tree, SETUP.name)
    return _problems_with(transform, TRANSFORM) + (_problems_with(setup, SETUP) if setup is not None else [])


def _problems_with(definition: Definition, entry: EntryPoint) -> list[ScriptProblem]:
    line, column = definition.lineno, definition.col_offset + 1
    found = [
        ScriptProblem.error(ErrorCode.SCRIPT_CONTRACT, complaint, line, column)
        for complaint in _complaints_about(definition, entry)
    ]
    if entry is TRANSFORM and _certainly_returns_nothing(definition):
        found.append(ScriptProblem.warning(ErrorCode.SCRIPT_CONTRACT, contract.RETURNS_NOTHING, line, column))
    return found


def _last_definition(tree: ast.Module, name: str) -> Definition | None:
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
    """Whether running the script may define the name in another way."""
    for node in ast.walk(tree):
        if isinstance(node, ast.alias) and (node.name == "*" or (node.asname or node.name) == name):
            return True
        if isinstance(node, ast.Name) and node.id in ("exec", "globals", "setattr"):
            return True
    nested = [child for statement in tree.body if not isinstance(statement, _SCOPES) for child in ast.walk(statement)]
    return any(getattr(node, "name", getattr(node, "id", None)) == name for node in nested)


def _complaints_about(definition: Definition, entry: EntryPoint) -> list[str]:
    if isinstance(definition, ast.ClassDef):
        return [entry.is_a_class]
    if isinstance(definition, ast.Assign | ast.AnnAssign):
        constant = ast.Constant | ast.List | ast.Dict | ast.Set | ast.Tuple | ast.JoinedStr
        return [entry.is_no_function] if isinstance(definition.value, constant) else []
    if definition.decorator_list:
        return []
    found = []
    if not _accepts(definition.args, entry.arguments):
        found.append(entry.has_wrong_arguments)
    if _yields(definition):
        found.append(entry.is_a_generator)
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


def _certainly_returns_nothing(definition: Definition) -> bool:
    """Whether a plain function has no `return` with a value and does not end by raising."""
    if not isinstance(definition, Function) or definition.decorator_list or _yields(definition):
        return False
    if isinstance(definition.body[-1], ast.Raise):
        return False
    return not any(isinstance(node, ast.Return) and node.value is not None for node in _own_nodes(definition))
