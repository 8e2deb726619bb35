"""`depth` -> what is shown of a record (B4).

0 is the record's own fields; 1 adds each relation, many-to-one as an object and one-to-many
as an array; 2 adds the many-to-one objects of every related record (amendments, 16). Made
once for a view, from what the role may read: REST leaves the rest out.
"""

from __future__ import annotations

from icosa.catalog.view import ObjectView, ToMany, ToOne, View
from icosa.request.ir import Pick


class Selections:
    def __init__(self, view: View) -> None:
        self._view = view
        self._made: dict[tuple[str, int], tuple[Pick, ...]] = {}

    def record(self, source: ObjectView, depth: int) -> tuple[Pick, ...]:
        key = (source.object.name_singular, depth)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._pick(source, depth)
        return found

    def _pick(self, source: ObjectView, depth: int) -> tuple[Pick, ...]:
        picks = [Pick(name, name) for name in source.own]
        if depth:
            for name, member in source.members.items():
                if isinstance(member, ToOne | ToMany):
                    target = self._view.object(member.target)
                    if target is not None and target.grant.read:
                        picks.append(self._related(name, member, target, depth))
        return tuple(picks)

    def _related(self, name: str, member: ToOne | ToMany, target: ObjectView, depth: int) -> Pick:
        inner = [Pick(key, key) for key in target.own]
        if depth > 1:
            for key, relation in target.members.items():
                if isinstance(relation, ToOne):
                    far = self._view.object(relation.target)
                    if far is not None and far.grant.read:
                        own = tuple(Pick(k, k) for k in far.own)
                        inner.append(Pick(key, key, own))
        return Pick(name, name, tuple(inner), plain=isinstance(member, ToMany))
