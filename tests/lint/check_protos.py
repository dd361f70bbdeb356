"""Proto hygiene: every enum starts at _UNSPECIFIED = 0 with its own prefix, every RPC has a request and a response of its
own name, fields are snake_case, every message and service field number is used once."""

import re

import tree

ENUM = re.compile(r"^enum (\w+) \{\n(.*?)^\}", re.M | re.S)
MESSAGE = re.compile(r"^message (\w+) \{\n(.*?)^\}", re.M | re.S)
RPC = re.compile(r"rpc (\w+)\((?:stream )?(\w+)\) returns \((?:stream )?(\w+)\)")
FIELD = re.compile(r"^\s+(?:repeated |optional )?[\w.]+ (\w+) = (\d+)", re.M)


def upper_snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


def check_enum(name, body):
    prefix = upper_snake(name)
    values = re.findall(r"^\s+(\w+) = (\d+)", body, re.M)
    if not values or values[0] != (f"{prefix}_UNSPECIFIED", "0"):
        yield f"enum {name} does not start with {prefix}_UNSPECIFIED = 0"
    yield from (f"enum {name}: {value} lacks the prefix {prefix}_" for value, _ in values if not value.startswith(prefix))


def check_message(name, body):
    fields = FIELD.findall(body)
    yield from (f"message {name}: {field} is not snake_case" for field, _ in fields if field != field.lower())
    numbers = [number for _, number in fields]
    if len(set(numbers)) != len(numbers):
        yield f"message {name} uses a field number twice"


def check(text):
    for name, body in ENUM.findall(text):
        yield from check_enum(name, body)
    for name, body in MESSAGE.findall(text):
        yield from check_message(name, body)
    for rpc, request, response in RPC.findall(text):
        if (request, response) != (f"{rpc}Request", f"{rpc}Response"):
            yield f"rpc {rpc} takes {request} and returns {response}"


def main():
    problems = [f"{path}: {p}" for path in tree.tracked(".proto") for p in check(tree.read(path))]
    tree.finish(problems, "protos")


main()
