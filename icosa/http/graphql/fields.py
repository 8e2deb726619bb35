"""The root fields of a workspace, by name (A1).

`companies`, `company`, `createCompany`, `createCompanies`, …: names alone decide, as the
contract has it. Made once for a view. Those of an object that the role may not read are
here as well: they are forbidden, not unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from icosa.catalog.view import View
from icosa.request.arguments import LIST_ARGUMENTS
from icosa.request.group import GROUP_ARGUMENTS

RootKind: TypeAlias = Literal[
    "find_many",
    "find_one",
    "find_duplicates",
    "search",
    "group_by",
    "create_one",
    "create_many",
    "update_one",
    "update_many",
    "delete_one",
    "delete_many",
    "destroy_one",
    "destroy_many",
    "restore_one",
    "restore_many",
    "merge_many",
]


@dataclass(frozen=True, slots=True)
class RootField:
    kind: RootKind
    object: str  # nameSingular


@dataclass(frozen=True, slots=True)
class Argument:
    name: str
    required: str = ""  # how a message names its type; empty when it may be left out

    def missing(self) -> str:
        """The contract's words for a required argument that is not there."""
        what = self.required if self.required.startswith("must") else f"({self.required})"
        return f'Missing required argument: "{self.name}" {what}'


ARGUMENTS: Final[dict[RootKind, tuple[Argument, ...]]] = {
    "find_many": tuple(Argument(name) for name in LIST_ARGUMENTS),
    "find_one": (Argument("filter", "object"),),
    "find_duplicates": (Argument("ids"), Argument("data")),
    "search": (
        Argument("searchInput", "String"),
        Argument("limit", "Int"),
        Argument("after"),
        Argument("includedObjectNameSingulars"),
        Argument("excludedObjectNameSingulars"),
        Argument("filter"),
    ),
    "group_by": (
        Argument("groupBy", "must be an array."),
        *(Argument(name) for name in GROUP_ARGUMENTS if name != "groupBy"),
    ),
    "create_one": (Argument("data", "object"), Argument("upsert")),
    "create_many": (Argument("data", "array"), Argument("upsert")),
    "update_one": (Argument("id", "UUID"), Argument("data", "object")),
    "update_many": (Argument("data", "object"), Argument("filter", "object")),
    "delete_one": (Argument("id", "UUID"),),
    "delete_many": (Argument("filter", "object"),),
    "destroy_one": (Argument("id", "UUID"),),
    "destroy_many": (Argument("filter", "object"),),
    "restore_one": (Argument("id", "UUID"),),
    "restore_many": (Argument("filter", "object"),),
    "merge_many": (
        Argument("ids", "array"),
        Argument("conflictPriorityIndex", "number"),
        Argument("dryRun"),
    ),
}
_VERBS: Final = ("create", "update", "delete", "destroy", "restore")


class RootFields:
    def __init__(self, view: View) -> None:
        self.query: dict[str, RootField] = {"search": RootField("search", "")}
        self.mutation: dict[str, RootField] = {}
        for source in view.snapshot.objects.values():
            if not source.is_active:
                continue
            singular, plural = source.name_singular, source.name_plural
            self.query[plural] = RootField("find_many", singular)
            self.query[singular] = RootField("find_one", singular)
            self.query[f"{singular}Duplicates"] = RootField("find_duplicates", singular)
            self.query[f"{plural}GroupBy"] = RootField("group_by", singular)
            merge = f"merge{plural[:1].upper()}{plural[1:]}"
            self.mutation[merge] = RootField("merge_many", singular)
            for verb in _VERBS:
                one: RootKind = f"{verb}_one"  # type: ignore[assignment]  # of _VERBS
                many: RootKind = f"{verb}_many"  # type: ignore[assignment]
                self.mutation[f"{verb}{plural[:1].upper()}{plural[1:]}"] = RootField(many, singular)
                self.mutation[f"{verb}{source.type_name}"] = RootField(one, singular)
