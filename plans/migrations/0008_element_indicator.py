"""A target may have an indicator; and a search finds its words."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat


class Migration(migrations.Migration):
    dependencies = [("plans", "0007_plan_elected_by_a_dated_document")]

    operations = [
        migrations.AddField(
            model_name="planelement",
            name="indicator",
            field=models.TextField(
                blank=True,
                default="",
                help_text=(
                    "Solo una meta: con qué dice el plan que se mide, palabra por palabra, "
                    "si lo dice."
                ),
                verbose_name="indicador",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="planelement",
            name="indicator_spans",
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddConstraint(
            model_name="planelement",
            constraint=models.CheckConstraint(
                condition=Q(level="target") | Q(indicator="", indicator_spans=[]),
                name="element_target_columns",
                violation_error_message="Solo una meta lleva indicador.",
            ),
        ),
        migrations.AddConstraint(
            model_name="planelement",
            constraint=models.CheckConstraint(
                condition=Q(indicator="", indicator_spans=[])
                | ~Q(indicator="") & (~Q(indicator_spans=[]) | Q(until_version__isnull=False)),
                name="element_indicator_stands_in_its_document",
                violation_error_message=("Diga en qué líneas del documento está el indicador."),
            ),
        ),
        # The expression of a generated column cannot be changed: another takes its place.
        migrations.RemoveIndex(model_name="planelement", name="element_search"),
        migrations.RemoveField(model_name="planelement", name="search"),
        migrations.AddField(
            model_name="planelement",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=Func(
                    Concat(
                        F("statement"),
                        Value(" "),
                        F("field"),
                        Value(" "),
                        F("indicator"),
                        output_field=models.TextField(),
                    ),
                    function="vigia_search_vector",
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="planelement",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="element_search"
            ),
        ),
    ]
