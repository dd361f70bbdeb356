"""What a set of protos says on the wire, read from the descriptor set that protoc makes of them."""
import dataclasses
import glob
import subprocess

SCHEMA = "google/protobuf/descriptor.proto"


@dataclasses.dataclass(frozen=True)
class Field:
    name: str
    type: str  # "TYPE_UINT64", or of a message or an enum its name
    repeated: bool
    oneof: str  # empty: in none


@dataclasses.dataclass(frozen=True)
class Method:
    takes: str
    returns: str
    streams: tuple  # (the client, the server)


@dataclasses.dataclass
class Numbered:
    """The fields of a message, or the names of an enum's values, by number; and what may never be used again."""
    by_number: dict
    reserved: list  # of ranges
    reserved_names: set

    def reserves(self, number):
        return any(number in one for one in self.reserved)


@dataclasses.dataclass
class Contract:
    messages: dict = dataclasses.field(default_factory=dict)
    enums: dict = dataclasses.field(default_factory=dict)
    services: dict = dataclasses.field(default_factory=dict)  # name → method name → Method


def compile_protos(root, paths):
    """The descriptor set of files below ROOT, as bytes; SystemExit with protoc's words where they are no protos."""
    done = subprocess.run(["protoc", "-I", root, "--descriptor_set_out=/dev/stdout", *paths], capture_output=True)
    if done.returncode != 0:
        raise SystemExit(done.stderr.decode())
    return done.stdout


def protos(root, folders):
    return sorted(path for folder in folders for path in glob.glob("%s/%s/*.proto" % (root, folder)))


def contract(descriptor_set):
    text = subprocess.run(["protoc", "--decode=google.protobuf.FileDescriptorSet", SCHEMA], input=descriptor_set,
                          capture_output=True, check=True).stdout.decode()
    result = Contract()
    for file in tree(text).get("file", ()):
        scope = "." + one(file, "package")
        add_types(result, scope, file.get("message_type", ()), file.get("enum_type", ()))
        for service in file.get("service", ()):
            result.services["%s.%s" % (scope, one(service, "name"))] = methods(service)
    return result


def tree(text):
    """Of protobuf's text format as protoc prints it, a line for each value: name → list of values or of further trees."""
    stack = [{}]
    for line in text.splitlines():
        line = line.strip()
        if line == "}":
            stack.pop()
        elif line.endswith(" {"):
            inner = {}
            stack[-1].setdefault(line[:-2], []).append(inner)
            stack.append(inner)
        else:
            name, value = line.split(": ", 1)
            stack[-1].setdefault(name, []).append(value.strip('"'))
    return stack[0]


def one(node, name, default=""):
    return node.get(name, (default,))[0]


def add_types(result, scope, messages, enums):
    for enum in enums:
        result.enums["%s.%s" % (scope, one(enum, "name"))] = numbered(
            enum, {int(one(value, "number")): one(value, "name") for value in enum["value"]}, 1)
    for message in messages:
        name = "%s.%s" % (scope, one(message, "name"))
        oneofs = [one(oneof, "name") for oneof in message.get("oneof_decl", ())]
        result.messages[name] = numbered(
            message, {int(one(field, "number")): field_of(field, oneofs) for field in message.get("field", ())}, 0)
        add_types(result, name, message.get("nested_type", ()), message.get("enum_type", ()))


def numbered(node, by_number, beyond):
    """Ranges of an enum end with their last number, those of a message before their end."""
    ranges = [range(int(one(of, "start")), int(one(of, "end")) + beyond) for of in node.get("reserved_range", ())]
    return Numbered(by_number, ranges, set(node.get("reserved_name", ())))


def field_of(field, oneofs):
    # What proto3 calls optional is a oneof of its own to protoc.
    in_oneof = "oneof_index" in field and "proto3_optional" not in field
    return Field(one(field, "name"), one(field, "type_name") or one(field, "type"), one(field, "label") == "LABEL_REPEATED",
                 oneofs[int(one(field, "oneof_index"))] if in_oneof else "")


def methods(service):
    return {one(method, "name"): Method(
        one(method, "input_type"), one(method, "output_type"),
        (one(method, "client_streaming") == "true", one(method, "server_streaming") == "true"))
        for method in service.get("method", ())}
