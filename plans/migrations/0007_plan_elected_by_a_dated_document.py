"""An elected authority's plan names the document or the address that says so, and its date."""

from typing import Any

from django.db import migrations, models

ELECTED = "autoridad elegida"
DOCUMENT = (
    "https?://[^ /]+[.][^ ]+|(?:^|[^a-záéíóúüñ])(?:acta|resoluci[oó]n|credencial|constancia"
    "|certificad[oa]|oficio|proclamaci[oó]n|decreto|acuerdo|bolet[ií]n|diario)(?:$|[^a-záéíóúüñ])"
)
DAY = (
    "[0-9]{1,2} de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre"
    "|noviembre|diciembre) del? [0-9]{4}"
    "|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
)
PROVEN = models.Q(standing_source__iregex=DOCUMENT) & models.Q(standing_source__iregex=DAY)


def refuse_unproven(apps: Any, schema_editor: Any) -> None:
    """Name the plans that somebody must look up first: nothing that is public changes unseen."""
    rows = apps.get_model("plans", "Plan").objects.filter(standing=ELECTED).exclude(PROVEN)
    if found := [f"{each.municipality.slug} {each.first_year}" for each in rows]:
        raise RuntimeError(
            "Estos planes dicen «autoridad elegida» sin un documento o una dirección con su "
            f"fecha: {', '.join(found)}. Antes de actualizar, complete la fuente en la "
            "página de su condición, o déjelos «sin confirmar»."
        )


class Migration(migrations.Migration):
    dependencies = [("plans", "0006_measuringterms_bound_nature")]

    operations = [
        migrations.RunPython(refuse_unproven, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="plan",
            name="standing_source",
            field=models.CharField(
                blank=True,
                help_text=(
                    "Obligatoria salvo «sin confirmar»: el documento que lo dice, o su dirección, "
                    "y la fecha. «Acta de proclamación de resultados del JEE de Puno, 7 de "
                    "noviembre de 2018»."
                ),
                max_length=300,
                verbose_name="fuente de la condición",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=~models.Q(standing=ELECTED) | PROVEN,
                name="plan_elected_by_a_dated_document",
                violation_error_message=(
                    "«Autoridad elegida» lleva el documento o la dirección que lo dice, y su fecha."
                ),
            ),
        ),
    ]
