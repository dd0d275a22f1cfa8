"""Several plans for a municipality and term: one in force, and what the other lists offered."""

from django.db import migrations, models

import plans.plan_path


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0009_plan_import"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="plan",
            name="plan_once_per_term",
        ),
        migrations.AddField(
            model_name="plan",
            name="in_force",
            field=models.BooleanField(
                default=True, editable=False, verbose_name="es el plan que rige"
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="list_slug",
            field=models.CharField(
                blank=True,
                help_text="«alianza-por-puno»: la dirección de su plan mientras no rige.",
                max_length=60,
                validators=[plans.plan_path.validate_list],
                verbose_name="lista, en direcciones",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("in_force", True)),
                fields=("municipality", "first_year"),
                name="plan_in_force_once_per_term",
                violation_error_message="En esa municipalidad ya rige un plan de ese periodo.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("list_slug", ""), _negated=True),
                fields=("municipality", "first_year", "list_slug"),
                name="plan_list_once_per_term",
                violation_error_message="Esa lista ya tiene un plan de ese periodo.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("in_force", True), models.Q(("list_slug", ""), _negated=True), _connector="OR"
                ),
                name="plan_not_in_force_is_of_a_list",
                violation_error_message="Un plan que no rige tiene la dirección de su lista.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("list_slug", ""),
                    ("list_slug__regex", "^[a-z0-9][a-z0-9-]*[a-z0-9]\\Z"),
                    _connector="OR",
                ),
                name="plan_list_can_be_an_address",
                violation_error_message="Una lista se escribe así: «alianza-por-puno».",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("in_force", True), ("simulated", False), _connector="OR"),
                name="plan_simulated_is_in_force",
                violation_error_message="Solo el plan que rige puede ser una demostración.",
            ),
        ),
    ]
