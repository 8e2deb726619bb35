"""Search: one statement over all objects, each a sub-select with the limit of the page.

    with words as (select icosa.search_query($1, ' & ') as every_word, …),
    with_every as materialized (
    (select 0 as place, t1."id" as "recordId", …, ts_rank_cd(…) as "tsRankCD", … from … as t1, words
    where t1."deletedAt" is null and t1."searchVector" @@ words.every_word
    order by "tsRankCD" desc, "tsRank" desc, "recordId" limit 21)
    union all …),
    with_some as materialized (… and (select count(*) from with_every) < 21 …)
    select (select json_agg(…) from (select * from with_every union all select * from with_some
    order by "tsRankCD" desc, "tsRank" desc, place, "recordId" limit 21))

What matches every word ranks above what matches some, so the latter is looked for only where
the former does not fill the page (amendments, 15): PostgreSQL sees the count first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from icosa.compile.condition import where
from icosa.compile.json import text_parameter
from icosa.compile.read import Reader
from icosa.compile.scope import ID, Scope
from icosa.core.sql import EMPTY, Sql, ident, join, literal, number, param, sql
from icosa.fields.search import search_words
from icosa.plan.search import VECTOR
from icosa.plan.tree import Place, Searched, SearchPlan

_ALL: Final = "all_records"
_EVERY: Final = "with_every"
_SOME: Final = "with_some"
_WITHIN: Final = "within_words"
_ZERO: Final = sql("0::float4")


def compile_search(plan: SearchPlan, reader: Reader) -> Sql:
    """One row: `hits`, a JSON array with one hit more than the page, or null."""
    search = _Search(plan, reader)
    parts = [(name, search.part(name)) for name in search.names]
    ctes = [search.words(), *(_cte(name, part) for name, part in parts)]
    found = join(
        "\nunion all\n", (sql("select * from {part}", part=ident(name)) for name, _ in parts)
    )
    return sql(
        "with {ctes}\n"
        "select (select json_agg(row_to_json(h.*)) from (select {shown}\nfrom ({found}) as m\n"
        'order by "tsRankCD" desc, "tsRank" desc, place, "recordId" limit {limit}) as h'
        ")::text::varchar as hits",
        ctes=join(",\n", (cte for cte in ctes if cte)),
        shown=join(", ", map(ident, _SHOWN)),
        found=found,
        limit=number(plan.limit + 1),
    )


_SHOWN: Final = (
    "recordId",
    "objectNameSingular",
    "objectLabelSingular",
    "label",
    "imageUrl",
    "tsRankCD",
    "tsRank",
)


class _Search:
    def __init__(self, plan: SearchPlan, reader: Reader) -> None:
        self._plan = plan
        self._reader = reader
        self.names = _parts(plan)

    def words(self) -> Sql:
        """What the caller's text becomes; nothing where all records match."""
        text = param(self._plan.text, text_parameter, "text")
        columns = {
            _EVERY: sql("icosa.search_query({text}, ' & ') as every_word", text=text),
            _SOME: sql("icosa.search_query({text}, ' | ') as some_word", text=text),
            _WITHIN: sql("icosa.search_patterns({text}) as patterns", text=text),
        }
        wanted = [columns[name] for name in self.names if name in columns]
        if not wanted:
            return EMPTY
        return sql("words as materialized (select {columns})", columns=join(", ", wanted))

    def part(self, name: str) -> Sql:
        """The hits of all objects by one way of matching."""
        found = [self._hits(name, place, of) for place, of in enumerate(self._plan.of)]
        return join("\nunion all\n", (sql("({hits})", hits=hits) for hits in found))

    def _hits(self, name: str, place: int, of: Searched) -> Sql:
        scope = Scope(of.source, self._reader.view, self._reader.aliases)
        document = _document(of, scope)
        ranked = name in (_EVERY, _SOME)
        ranks = (
            (
                sql("ts_rank_cd({d}, words.every_word)", d=document),
                sql("ts_rank({d}, words.every_word)", d=document),
            )
            if ranked
            else (_ZERO, _ZERO)
        )
        matches = self._matches(name, of, scope)
        conditions = where(of.where, scope, *matches, self._after(ranks, of, scope))
        order = sql('"tsRankCD" desc, "tsRank" desc, "recordId"') if ranked else sql('"recordId"')
        return sql(
            "select {place} as place, {columns}\nfrom {source}{words}{where}\norder by {order}"
            " limit {limit}",
            place=number(place),
            columns=_columns(of, scope, ranks),
            source=scope.source_sql(),
            words=EMPTY if name == _ALL else sql(", words"),
            where=conditions,
            order=order,
            limit=number(self._plan.limit + 1),
        )

    def _matches(self, name: str, of: Searched, scope: Scope) -> list[Sql]:
        """The whole document leads through the index; what the role may read of it decides."""
        whole = scope.column(VECTOR)
        documents = [whole] if of.fields is None else [whole, _document(of, scope)]
        if name == _ALL:
            return [sql("{d} is not null", d=whole)]
        if name == _WITHIN:
            return [sql("{d}::text ilike all (words.patterns)", d=each) for each in documents]
        if name == _EVERY:
            return [sql("{d} @@ words.every_word", d=each) for each in documents]
        return [
            *(sql("{d} @@ words.some_word", d=each) for each in documents),
            sql("not {d} @@ words.every_word", d=documents[-1]),
            sql(
                "(select count(*) from {every}) <= {limit}",
                every=ident(_EVERY),
                limit=number(self._plan.limit),
            ),
        ]

    def _after(self, ranks: tuple[Sql, Sql], of: Searched, scope: Scope) -> Sql:
        """What follows the cursor: lower ranks, and equal ones as far as they were not shown."""
        after = self._plan.after
        if after is None:
            return EMPTY
        cover, rank = ranks
        last_cover, last_rank = (param(after.slot + n, text_parameter, "float4") for n in range(2))
        equal = sql("{r} = {last}", r=rank, last=last_rank)
        if of.place is Place.LAST:
            last_id = param(after.slot + 2, text_parameter, "uuid")
            equal = sql("({e} and {id} > {last})", e=equal, id=scope.column(ID), last=last_id)
        lower = sql("{r} < {last}", r=rank, last=last_rank)
        if of.place is not Place.BEFORE:
            lower = sql("({lower} or {equal})", lower=lower, equal=equal)
        return sql(
            "({cover} < {last} or ({cover} = {last} and {lower}))",
            cover=cover,
            last=last_cover,
            lower=lower,
        )


def _parts(plan: SearchPlan) -> tuple[str, ...]:
    if plan.within:
        return (_WITHIN,)
    return {"none": (_ALL,), "one": (_EVERY,), "many": (_EVERY, _SOME)}[plan.words]


def _cte(name: str, hits: Sql) -> Sql:
    return sql("{name} as materialized (\n{hits})", name=ident(name), hits=hits)


def _columns(of: Searched, scope: Scope, ranks: Sequence[Sql]) -> Sql:
    source = of.source.object
    values = (
        scope.column(ID),
        sql("{text}::text", text=literal(source.name_singular)),
        sql("{text}::text", text=literal(source.label_singular)),
        _label(of, scope),
        _image(of, scope),
        *ranks,
    )
    return join(
        ", ",
        (
            sql("{value} as {name}", value=value, name=ident(name))
            for name, value in zip(_SHOWN, values, strict=True)
        ),
    )


def _document(of: Searched, scope: Scope) -> Sql:
    """The words by which a record is found: all, or those that the role may read."""
    if of.fields is None:
        return scope.column(VECTOR)
    fields = (of.source.object.fields_by_id[each] for each in of.fields)
    words = [
        part
        for field in fields
        if (part := search_words(field.kind, [scope.column(name) for name in field.columns]))
    ]
    if not words:
        return sql("''::tsvector")
    return sql(  # as `layout.search_vector` has it
        "icosa.search_document(left(icosa.search_words({words}), 200000))",
        words=join(", ", words),
    )


def _label(of: Searched, scope: Scope) -> Sql:
    """`First Last`, or the only text."""
    texts = [sql("nullif({c}::text, '')", c=scope.column(name)) for name in of.label]
    if not texts:
        return sql("''")
    return sql("concat_ws(' ', {texts})", texts=join(", ", texts))


def _image(of: Searched, scope: Scope) -> Sql:
    if of.image is None:
        return sql("null::text")
    return sql("coalesce({c}, '')", c=scope.column(of.image))
