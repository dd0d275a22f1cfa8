"""The newest versions, what hangs below an element, and all that a search counts, by indexes."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # built while others write

    dependencies = [("plans", "0019_locations")]

    operations = [
        AddIndexConcurrently(
            model_name="planversion",
            index=models.Index(fields=["-published_at", "-number"], name="plan_version_newest"),
        ),
        AddIndexConcurrently(
            model_name="planelement",
            index=models.Index(
                fields=["parent", "level"],
                condition=models.Q(("until_version", None)),
                name="element_below",
            ),
        ),
        AddIndexConcurrently(
            model_name="planelement",
            index=models.Index(
                fields=["plan", "position", "id"],
                include=["dimension", "level", "until_version"],
                condition=models.Q(("until_version", None)),
                name="element_in_order",
            ),
        ),
        RemoveIndexConcurrently(model_name="planelement", name="element_listed"),
    ]
