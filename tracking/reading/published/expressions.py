"""What the database computes for a column: addresses, codes as printed, whose word a row is."""

from django.conf import settings
from django.db.models import Case, CharField, F, Func, JSONField, Q, TextField, Value, When
from django.utils.functional import lazy

from plans.choices import Dimension
from tracking.reading.declared import declared_by
from tracking.reading.published.columns import Expression

_declared_by = lazy(declared_by, str)
"""In the reader's words when it is read: columns are declared before there are any."""


def joined(*pieces: Expression) -> Func:
    return Func(*pieces, function="concat", output_field=TextField())


def address(slug: str, *rest: Expression) -> Func:
    """The address of a municipality's page, or of what lies below it."""
    return joined(Value(f"{settings.SITE_URL}/m/"), F(slug), Value("/"), *rest)


def plan_address(plan: str, *rest: Expression) -> Func:
    """The address of the page of the plan that the path PLAN leads to, or of what lies below it."""
    of_list = Case(
        When(**{f"{plan}in_force": True}, then=Value("")),
        default=joined(F(f"{plan}list_slug"), Value("/")),
        output_field=TextField(),
    )
    return address(f"{plan}municipality__slug", term_of(plan), Value("/"), of_list, *rest)


def promise_address(element: str, *rest: Expression) -> Func:
    """The same of the promise that the path ELEMENT leads to."""
    return plan_address(f"{element}plan__", F(f"{element}ref"), Value("/"), *rest)


def term_of(plan: str) -> Func:
    return joined(F(f"{plan}first_year"), Value("-"), F(f"{plan}last_year"))


def list_of(plan: str) -> Case:
    """The list whose plan it is, as in its address; "" for the one in force."""
    return Case(
        When(**{f"{plan}in_force": True}, then=Value("")),
        default=F(f"{plan}list_slug"),
        output_field=CharField(),
    )


def dimension_name(plan: str) -> Case:
    """What the dimension of a row is called, whose plan the path PLAN leads to."""
    own = Func(
        *(F(f"{plan}own_dimensions"), F("dimension"), Value("1")),
        function="jsonb_extract_path_text",
        output_field=TextField(),
    )
    known = (
        When(dimension=each.value, then=Value(each.label, output_field=TextField()))
        for each in Dimension
    )
    return Case(*known, default=own, output_field=TextField())


def printed(code: str) -> Func:
    """A code as it is printed, in groups of four."""
    pieces = [F(code), Value("(.{4})(?=.)"), Value(r"\1-"), Value("g")]
    return Func(*pieces, function="regexp_replace", output_field=TextField())


def whose_word(plan: str = "", *, known: Q | None = None) -> Case:
    """Whose word a row is, in the words of every table; nobody's where it is not KNOWN."""
    whose = [
        When(
            Q(**{f"{plan}simulated": simulated}),
            then=Value(_declared_by(simulated=simulated), output_field=CharField()),
        )
        for simulated in (True, False)
    ]
    unknown = [] if known is None else [When(~known, then=Value(None))]
    return Case(*unknown, *whose, output_field=CharField())


def null_where_empty(nested: str) -> Func:
    """A NESTED column in which what nobody has said is null, as in any other, and not ""."""
    # Only a member without a word is written so: within a text quotation marks are escaped.
    form = """replace(%(expressions)s::text, '": ""', '": null')::jsonb"""
    return Func(F(nested), template=form, output_field=JSONField())


def utc(instant: str) -> Func:
    """The INSTANT in a nested column, as it is in any other: "2021-07-20T17:00:00.000000Z"."""
    form = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    return Func(F(instant), template=form, output_field=TextField())
