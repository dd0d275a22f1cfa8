"""The officers' place: people, units and authorities of a municipality."""

from django.urls import path

from accounts.views.office import directory, guide, invitations, many, people, tokens
from accounts.views.office.kept_typing import forget

app_name = "office_accounts"
urlpatterns = [
    path("olvidar/", forget, name="forget"),
    path("ayuda/", guide.contents, name="guide"),
    path("ayuda/<slug:chapter>/", guide.chapter, name="guide_chapter"),
    path("personas/<slug:slug>/", people.people, name="people"),
    path("personas/<slug:slug>/invitar/", invitations.invite, name="invite"),
    path("personas/<slug:slug>/invitar/varias/", many.people, name="invite_many"),
    path("personas/<slug:slug>/invitaciones/<int:pk>/reenviar/", invitations.resend, name="resend"),
    path("personas/<slug:slug>/invitaciones/<int:pk>/anular/", invitations.revoke, name="revoke"),
    path("personas/<slug:slug>/roles/<int:pk>/", people.role, name="role"),
    path("personas/<slug:slug>/roles/<int:pk>/terminar/", people.end, name="end_role"),
    path(
        "personas/<slug:slug>/roles/<int:pk>/segundo-factor/",
        people.second_factor,
        name="remove_second_factor",
    ),
    path("personas/<slug:slug>/<int:pk>/desactivar/", people.leave, name="deactivate"),
    path("unidades/<slug:slug>/", directory.units, name="units"),
    path("unidades/<slug:slug>/contacto/", directory.contact, name="contact"),
    path("unidades/<slug:slug>/nueva/", directory.unit, name="add_unit"),
    path("unidades/<slug:slug>/varias/", many.units, name="add_units"),
    path("unidades/<slug:slug>/<int:pk>/", directory.unit, name="unit"),
    path("autoridades/", directory.elected, name="elected"),
    path("autoridades/<slug:slug>/", directory.authorities, name="authorities"),
    path("autoridades/<slug:slug>/nueva/", directory.authority, name="add_authority"),
    path("autoridades/<slug:slug>/<int:pk>/", directory.authority, name="authority"),
    path("claves/<slug:slug>/", tokens.tokens, name="tokens"),
    path("claves/<slug:slug>/nueva/", tokens.add, name="add_token"),
    path("claves/<slug:slug>/<int:pk>/", tokens.made, name="made_token"),
    path("claves/<slug:slug>/<int:pk>/anular/", tokens.revoke, name="revoke_token"),
]
