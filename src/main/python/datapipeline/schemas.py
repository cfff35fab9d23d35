"""A validator for the part of JSON Schema that describes answers of models.

It knows types, `enum`, `const`, the bounds of numbers, texts and lists, `pattern`, `properties`, `required`,
`additionalProperties`, `items`, `anyOf`, `oneOf`, `allOf` and local references (`#/$defs/…`). Other keywords, such as
`format`, are ignored.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

Schema = Any
"""A mapping; `True` and `False` are schemas too."""

_NUMBER = (int, float)
_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": _NUMBER,
    "integer": _NUMBER,
    "boolean": (bool,),
    "null": (type(None),),
}
_STRICT_KEYWORDS = frozenset(
    [
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "enum",
        "const",
        "anyOf",
        "$ref",
        "$defs",
        "title",
        "description",
    ]
)
_DEPTH_LIMIT = 200


def problems_of(value: Any, schema: Mapping[str, Any]) -> list[str]:
    """What keeps the value from fitting; raises ValueError if the schema itself cannot be used."""
    return list(_Validator(schema).problems(value, schema, "", 0))


def can_be_strict(schema: Schema) -> bool:
    """Whether servers accept the schema with `strict`: plain keywords only, and no object with optional members."""
    if not isinstance(schema, Mapping) or not schema.keys() <= _STRICT_KEYWORDS:
        return False
    members = schema.get("properties", {})
    if "object" in schema.get("type", ()) or members:
        is_closed = schema.get("additionalProperties") is False
        if not is_closed or set(schema.get("required", ())) != set(members):
            return False
    parts = [*members.values(), *schema.get("$defs", {}).values(), *schema.get("anyOf", ())]
    return all(map(can_be_strict, [*parts, schema["items"]] if "items" in schema else parts))


class _Validator:
    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root

    def problems(self, value: Any, schema: Schema, place: str, depth: int) -> Iterator[str]:
        """The problems of the value at a place, such as `/items/0`."""
        if depth > _DEPTH_LIMIT:
            raise ValueError("the schema is nested too deep, or refers to itself")
        if schema is True:
            return
        if schema is False:
            yield f"{_named(place)} must not be there"
            return
        if not isinstance(schema, Mapping):
            raise ValueError(f"{schema!r} is no JSON schema")
        if not _fits_type(value, schema.get("type")):
            yield f"{_named(place)} must be {_listed(schema['type'])}"
            return
        yield from _own_problems(value, schema, _named(place))
        yield from self._combined(value, schema, place, depth + 1)
        if isinstance(value, dict):
            yield from self._members(value, schema, place, depth + 1)
        elif isinstance(value, list) and "items" in schema:
            for number, item in enumerate(value):
                yield from self.problems(item, schema["items"], f"{place}/{number}", depth + 1)

    def _combined(self, value: Any, schema: Mapping[str, Any], place: str, depth: int) -> Iterator[str]:
        if "$ref" in schema:
            yield from self.problems(value, self._resolved(schema["$ref"]), place, depth)
        for part in schema.get("allOf", ()):
            yield from self.problems(value, part, place, depth)
        for keyword, is_enough in (("anyOf", lambda fitting: fitting > 0), ("oneOf", lambda fitting: fitting == 1)):
            if keyword in schema:
                tried = [list(self.problems(value, part, place, depth)) for part in schema[keyword]]
                if not is_enough(sum(not found for found in tried)):
                    hints = " or ".join(found[0] for found in tried if found)
                    yield f"{_named(place)} must fit {keyword}: {hints or 'it fits more than one'}"

    def _members(self, value: dict[str, Any], schema: Mapping[str, Any], place: str, depth: int) -> Iterator[str]:
        known = schema.get("properties", {})
        for name in schema.get("required", ()):
            if name not in value:
                yield f"{_named(f'{place}/{name}')} is missing"
        for name, member in value.items():
            found = known.get(name, schema.get("additionalProperties", True))
            yield from self.problems(member, found, f"{place}/{name}", depth)

    def _resolved(self, reference: Any) -> Schema:
        target: Any = self._root
        if not isinstance(reference, str) or not reference.startswith("#"):
            raise ValueError(f"the schema refers to {reference!r}, which is not in it")
        for name in reference[1:].split("/")[1:]:
            name = name.replace("~1", "/").replace("~0", "~")
            if not isinstance(target, Mapping) or name not in target:
                raise ValueError(f"the schema refers to {reference!r}, which is not in it")
            target = target[name]
        return target


def _own_problems(value: Any, schema: Mapping[str, Any], named: str) -> Iterator[str]:
    """Problems that show without looking at members or items."""
    if "const" in schema and not _same(value, schema["const"]):
        yield f"{named} must be {schema['const']!r}"
    if "enum" in schema and not any(_same(value, allowed) for allowed in schema["enum"]):
        yield f"{named} must be one of {', '.join(map(repr, schema['enum']))}"
    if isinstance(value, _NUMBER) and not isinstance(value, bool):
        yield from _outside(value, schema, named, "minimum", "maximum", "")
        if "exclusiveMinimum" in schema and value <= schema["exclusiveMinimum"]:
            yield f"{named} must be more than {schema['exclusiveMinimum']}"
        if "exclusiveMaximum" in schema and value >= schema["exclusiveMaximum"]:
            yield f"{named} must be less than {schema['exclusiveMaximum']}"
    elif isinstance(value, str):
        yield from _outside(len(value), schema, named, "minLength", "maxLength", " characters")
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{named} must match {schema['pattern']!r}"
    elif isinstance(value, list):
        yield from _outside(len(value), schema, named, "minItems", "maxItems", " items")


def _outside(size: float, schema: Mapping[str, Any], named: str, least: str, most: str, unit: str) -> Iterator[str]:
    if least in schema and size < schema[least]:
        yield (
            f"{named} must have at least {schema[least]}{unit}" if unit else f"{named} must be at least {schema[least]}"
        )
    if most in schema and size > schema[most]:
        yield f"{named} must have at most {schema[most]}{unit}" if unit else f"{named} must be at most {schema[most]}"


def _fits_type(value: Any, wanted: Any) -> bool:
    if wanted is None:
        return True
    names = [wanted] if isinstance(wanted, str) else wanted
    return any(_is_of_type(value, name) for name in names)


def _is_of_type(value: Any, name: Any) -> bool:
    if name not in _TYPES:
        raise ValueError(f"{name!r} is no type of a JSON schema")
    if isinstance(value, bool):
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _TYPES[name])


def _same(value: Any, other: Any) -> bool:
    # Python takes True for 1.
    return value == other and isinstance(value, bool) == isinstance(other, bool)


def _listed(wanted: Any) -> str:
    return wanted if isinstance(wanted, str) else " or ".join(wanted)


def _named(place: str) -> str:
    return place or "the object"
