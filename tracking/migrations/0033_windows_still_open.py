"""The semesters that are not closed, few of all that there ever were."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # built while others write

    dependencies = [("tracking", "0032_locations")]

    operations = [
        AddIndexConcurrently(
            model_name="semesterwindow",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=["due_on", "municipality", "semester"],
                name="window_open",
            ),
        ),
    ]
