"""Following by e-mail: what a citizen asks, confirms, changes and leaves, without an account."""

from django.urls import path

from tracking.following import views

app_name = "following"
urlpatterns = [
    path("", views.follow, name="follow"),
    path("enviado/", views.sent, name="sent"),
    path("confirmar/<str:token>/", views.confirm_it, name="confirm"),
    path("mio/<str:token>/", views.theirs, name="theirs"),
    path("dejar/<str:token>/", views.leave_by_post, name="leave"),
]
