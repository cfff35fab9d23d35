"""The modules that scripts import before they do anything else, in the order in which they do."""

import _ast
from collections.abc import Iterable
from typing import Any

_FUTURE = "__future__"
_ANNOTATIONS = (
    _ast.Name,
    _ast.Attribute,
    _ast.Constant,
    _ast.Subscript,
    _ast.Tuple,
    _ast.List,
    _ast.BinOp,
    _ast.BitOr,
    _ast.Load,
)
"""What annotations of functions are usually made of; nothing of it changes anything."""


def leading_imports(sources: Iterable[str]) -> list[str]:
    """The names of the modules; empty if a script cannot be parsed.

    It ends with the first statement that is neither an import nor without effect: what comes later may depend on it.
    """
    found: list[str] = []
    try:
        for source in sources:
            module: Any = compile(source, "script", "exec", _ast.PyCF_ONLY_AST, True)
            for statement in module.body:
                if isinstance(statement, _ast.Import):
                    found += [alias.name for alias in statement.names]
                elif isinstance(statement, _ast.ImportFrom) and not statement.level and statement.module:
                    found.append(statement.module)
                elif not _has_no_effect(statement):
                    return _distinct(found)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return _distinct(found)


def _distinct(names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name != _FUTURE]


def _has_no_effect(statement: _ast.stmt) -> bool:
    """Whether it is a text, a constant, or the definition of a function that computes nothing."""
    if isinstance(statement, _ast.Expr):
        return isinstance(statement.value, _ast.Constant)
    if isinstance(statement, _ast.Assign):
        return isinstance(statement.value, _ast.Constant) and _are(_ast.Name, statement.targets)
    if isinstance(statement, _ast.FunctionDef | _ast.AsyncFunctionDef):
        return not statement.decorator_list and _computes_nothing(statement)
    return False


def _computes_nothing(function: "_ast.FunctionDef | _ast.AsyncFunctionDef") -> bool:
    arguments = function.args
    defaults = [default for default in (*arguments.defaults, *arguments.kw_defaults) if default is not None]
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    annotations = [argument.annotation for argument in every if argument is not None] + [function.returns]
    return _are(_ast.Constant, defaults) and all(
        annotation is None or _is_plain(annotation) for annotation in annotations
    )


def _is_plain(annotation: _ast.AST) -> bool:
    if not isinstance(annotation, _ANNOTATIONS):
        return False
    for field in annotation._fields:
        value = getattr(annotation, field)
        parts = value if isinstance(value, list) else [value]
        if not all(_is_plain(part) for part in parts if isinstance(part, _ast.AST)):
            return False
    return True


def _are(kind: type, nodes: Iterable[_ast.AST]) -> bool:
    return all(isinstance(node, kind) for node in nodes)
