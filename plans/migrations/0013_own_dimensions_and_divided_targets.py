"""A plan's own dimensions, headings that it does not print, and targets divided into others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0012_documents"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="planelement",
            name="element_hangs_from_a_fitting_level",
        ),
        migrations.RemoveConstraint(
            model_name="planelement",
            name="element_has_a_dimension",
        ),
        migrations.RemoveConstraint(
            model_name="planelement",
            name="element_stands_in_its_document",
        ),
        migrations.AddField(
            model_name="plan",
            name="own_dimensions",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="planelement",
            name="is_printed",
            field=models.BooleanField(
                default=True,
                help_text="No lo está el encabezado de una dimensión que trae el formulario y el documento no.",
                verbose_name="impreso en el documento",
            ),
        ),
        migrations.AlterField(
            model_name="planelement",
            name="dimension",
            field=models.CharField(
                blank=True,
                help_text="Solo se elige para una dimensión; lo demás la toma de donde cuelga.",
                max_length=15,
                verbose_name="dimensión",
            ),
        ),
        migrations.AddConstraint(
            model_name="planelement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("level", "dimension"), ("parent_level__in", [""])),
                        models.Q(("level", "problem"), ("parent_level__in", ["dimension"])),
                        models.Q(
                            ("level", "objective"),
                            ("parent_level__in", ["dimension", "objective", "problem"]),
                        ),
                        models.Q(
                            ("level", "activity"),
                            ("parent_level__in", ["activity", "dimension", "objective", "problem"]),
                        ),
                        models.Q(
                            ("level", "target"),
                            (
                                "parent_level__in",
                                ["activity", "dimension", "objective", "problem", "target"],
                            ),
                        ),
                        models.Q(("level", "guideline"), ("parent_level__in", ["", "guideline"])),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("depth", 0), ("parent", None), ("parent_level", "")),
                        models.Q(
                            ("depth__gt", 0),
                            ("parent__isnull", False),
                            models.Q(("parent_level", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                ),
                name="element_hangs_from_a_fitting_level",
                violation_error_message="Un elemento de ese nivel no puede colgar de ese otro.",
            ),
        ),
        migrations.AddConstraint(
            model_name="planelement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dimension", ""), ("level", "guideline")),
                    models.Q(
                        models.Q(("level", "guideline"), _negated=True),
                        models.Q(
                            (
                                "dimension__in",
                                ["social", "economica", "ambiental", "institucional"],
                            ),
                            ("dimension__regex", "^propia-[1-9][0-9]?\\Z"),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="element_has_a_dimension",
                violation_error_message="Todo es de una dimensión, de las cuatro o propia, menos los lineamientos.",
            ),
        ),
        migrations.AddConstraint(
            model_name="planelement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("spans", []), _negated=True),
                    ("until_version__isnull", False),
                    ("is_printed", False),
                    _connector="OR",
                ),
                name="element_stands_in_its_document",
                violation_error_message="Diga en qué líneas del documento está el texto.",
            ),
        ),
        migrations.AddConstraint(
            model_name="planelement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_printed", True),
                    models.Q(
                        ("dimension__in", ["social", "economica", "ambiental", "institucional"]),
                        ("level", "dimension"),
                        ("printed_code", ""),
                        ("spans", []),
                    ),
                    _connector="OR",
                ),
                name="element_unprinted_is_a_heading_of_the_form",
                violation_error_message="Solo el encabezado de una de las cuatro dimensiones puede no estar en el documento.",
            ),
        ),
    ]
