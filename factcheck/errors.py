"""Errors a user can meet: a small tree; every message has a code, says what was found, and names the next step.

    FactcheckError
    ├── ConfigError    settings or command line (exit 2)
    ├── InputError     one article or data file cannot be used; the others go on (exit 3)
    └── ModelError     a model cannot be loaded or trusted (exit 2)

The codes are listed with their meaning in CONTRIBUTING.md.
"""

from __future__ import annotations


class FactcheckError(Exception):
    """Base of all errors of this package.

    code: letter and number, stable across releases. problem: what was found. step: what to do next.
    """

    def __init__(self, code: str, problem: str, step: str) -> None:
        super().__init__(f"[{code}] {problem}; {step}")
        self.code = code
        self.problem = problem
        self.step = step


class ConfigError(FactcheckError):
    """Settings, a recipe or the command line are wrong."""


class InputError(FactcheckError):
    """One input cannot be used."""


class ModelError(FactcheckError):
    """A model cannot be loaded, or is not an NLI model."""
