# SPDX-License-Identifier: MIT
"""What is wrong with some bytes."""


class Invalid(Exception):
    """Bytes that a page of Docs/Formats does not allow.

    reason: one word, the same as in the vectors files; sentence: for a person;
    rules: for CBOR, the numbers of the rules of Encoding.md that are broken.
    """

    def __init__(self, reason, sentence, rules=()):
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence
        self.rules = tuple(rules)


def need(condition, reason, sentence):
    """Raises Invalid unless the condition holds."""
    if not condition:
        raise Invalid(reason, sentence)
