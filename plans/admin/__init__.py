"""The admin of plans: what planning and the operator correct by hand."""

from plans.admin import elements, plans, terms

__all__ = ["elements", "plans", "terms"]
