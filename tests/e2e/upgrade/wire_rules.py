"""What may not change between two releases that talk to each other, or that read what the other has stored.

Stricter than the wire: a field that keeps number and type and has another name is taken for another field.
"""


def breaches(old, new):
    """What a process of the OLD contract would misread of the NEW one, or the other way round: a sentence for each."""
    for kind, before, after in (("message", old.messages, new.messages), ("enum", old.enums, new.enums),
                                ("service", old.services, new.services)):
        for name in before:
            if name not in after:
                yield "%s %s is gone" % (kind, name)
            elif kind == "service":
                yield from broken_methods(name, before[name], after[name])
            else:
                yield from broken_numbers(kind, name, before[name], after[name])


def broken_methods(service, before, after):
    for name, method in before.items():
        if name not in after:
            yield "%s.%s is gone" % (service, name)
        elif after[name] != method:
            yield "%s.%s was %s, is %s" % (service, name, describe(method), describe(after[name]))


def describe(method):
    sides = ["stream " * streams + side for streams, side in zip(method.streams, (method.takes, method.returns))]
    return "(%s) returns (%s)" % tuple(sides)


def broken_numbers(kind, name, before, after):
    for number, was in before.by_number.items():
        if number in after.by_number:
            if after.by_number[number] != was:
                yield "%s %s: number %d was %s, is %s" % (kind, name, number, spell(was), spell(after.by_number[number]))
        elif not after.reserves(number) or name_of(was) not in after.reserved_names:
            yield "%s %s: %s is gone and its number %d and its name are not both reserved" % (kind, name, name_of(was), number)
    yield from freed(kind, name, before, after)


def freed(kind, name, before, after):
    """What an earlier release had reserved means something to one before it."""
    for numbers in before.reserved:
        lost = [number for number in ends(numbers) if not after.reserves(number)]
        lost += [number for number in after.by_number if number in numbers]
        if lost:
            yield "%s %s: number %d was reserved and is not" % (kind, name, lost[0])
    for word in sorted(before.reserved_names - after.reserved_names):
        yield "%s %s: the name %s was reserved and is not" % (kind, name, word)


def ends(numbers):
    """All of a short range; of one that goes to the last number there is its ends."""
    return numbers if len(numbers) <= 1000 else (numbers[0], numbers[-1])


def name_of(entry):
    return entry if isinstance(entry, str) else entry.name


def spell(entry):
    if isinstance(entry, str):
        return entry
    return "%s%s %s%s" % ("repeated " * entry.repeated, entry.type, entry.name, entry.oneof and " of oneof " + entry.oneof)
