"""What each page of the officers is for, and the chapter of the guide that tells more."""

from typing import Final

from accounts.help import place, plan, semester
from accounts.help.chapters import Help

HELP: Final[dict[str, Help]] = {**semester.HELP, **plan.HELP, **place.HELP}

LIKE: Final[dict[str, str]] = {
    "office:first_day_of": "office:first_day",
    "office:send_complete": "office:semester",
    "office:talk": "office:report",
    "office:remind": "office:semester",
    "office:end_deputyship": "office:deputies",
    "office:recall": "office:report",
    "office:bring_notes": "office:notebook",
    "office:note": "office:notebook",
    "office:remove_note": "office:notebook",
    "office:note_file": "office:notebook",
    "office:remove_note_file": "office:notebook",
    "office:add_support": "office:support",
    "office:pick_supports": "office:support",
    "office:describe_support": "office:support",
    "office:remove_support": "office:support",
    "office:reviews": "office:review",
    "office:semester_file": "office:semester_upload",
    "office:review_plain": "office:review",
    "office:support_preview": "office:support",
    "office:window": "office:windows",
    "office:calendar": "office:year",
    "office:executed_newest": "office:executed",
    "office:expenditure": "office:expenditures",
    "office:expenditure_file": "office:expenditure_upload",
    "office_plans:document": "office_plans:documents",
    "office_plans:measure": "office_plans:terms",
    "office_plans:answering_file": "office_plans:answering",
    "office_plans:measuring_file": "office_plans:measuring",
    "office_plans:measuring_upload": "office_plans:measuring",
    "office_plans:import_form": "office_plans:imports",
    "office_plans:import_about": "office_plans:import",
    "office_plans:import_source": "office_plans:import",
    "office_plans:import_undo": "office_plans:import",
    "office_plans:import_item": "office_plans:import",
    "office_plans:import_picture": "office_plans:import",
    "office_plans:import_drop": "office_plans:import",
    "office_plans:import_publish": "office_plans:import_differences",
    "office_accounts:invite": "office_accounts:people",
    "office_accounts:invite_many": "office_accounts:people",
    "office_accounts:resend": "office_accounts:people",
    "office_accounts:revoke": "office_accounts:people",
    "office_accounts:role": "office_accounts:people",
    "office_accounts:end_role": "office_accounts:people",
    "office_accounts:remove_second_factor": "office_accounts:people",
    "office_accounts:deactivate": "office_accounts:people",
    "office_accounts:add_unit": "office_accounts:units",
    "office_accounts:add_units": "office_accounts:units",
    "office_accounts:contact": "office_accounts:units",
    "office_accounts:unit": "office_accounts:units",
    "office_accounts:add_authority": "office_accounts:authorities",
    "office_accounts:authority": "office_accounts:authorities",
    "office_accounts:add_token": "office_accounts:tokens",
    "office_accounts:made_token": "office_accounts:tokens",
    "office_accounts:revoke_token": "office_accounts:tokens",
}
"""Pages that are steps of another: they have its help."""


def help_of(view: str) -> Help | None:
    """The help of the page whose address is called VIEW: "office:sheet"."""
    return HELP.get(LIKE.get(view, view))
