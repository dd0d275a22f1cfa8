"""What the closed semesters of each plan add up to, those that were closed before included."""

import django.db.models.deletion
from django.db import migrations, models

KNOWN = """
INSERT INTO tracking_closedtotal (plan_id, asked, reported, punctual, supported)
SELECT standing.plan_id, sum(standing.asked), sum(standing.reported), sum(standing.punctual),
    sum(standing.supported)
FROM tracking_standing AS standing
JOIN tracking_semesterwindow AS closed USING (municipality_id, semester)
WHERE closed.closed_at IS NOT NULL AND standing.dimension = '' AND standing.unit_id IS NULL
GROUP BY standing.plan_id
ON CONFLICT (plan_id) DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0020_read_less"),
        ("tracking", "0033_windows_still_open"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosedTotal",
            fields=[
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="closed_total",
                        serialize=False,
                        to="plans.plan",
                        verbose_name="plan",
                    ),
                ),
                ("asked", models.PositiveIntegerField(verbose_name="por informar")),
                ("reported", models.PositiveIntegerField(verbose_name="con informe")),
                ("punctual", models.PositiveIntegerField(verbose_name="informado a tiempo")),
                ("supported", models.PositiveIntegerField(verbose_name="con sustento")),
            ],
            options={
                "verbose_name": "suma de semestres cerrados",
                "verbose_name_plural": "sumas de semestres cerrados",
            },
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
