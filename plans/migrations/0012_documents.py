"""A plan has documents: those that were filed as it, one after the other, and what added to it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

# Each is the first of its plan, and the one that all its elements quote.
CURRENT = """
UPDATE plans_plan SET current_document_id = d.id
    FROM plans_sourcedocument d WHERE d.plan_id = plans_plan.id;
UPDATE plans_planelement SET document_id = p.current_document_id
    FROM plans_plan p WHERE p.id = plans_planelement.plan_id;
"""
# A plan's document, and that which an element quotes, are of the same plan.
OF_ONE_PLAN = """
ALTER TABLE plans_sourcedocument
    ADD CONSTRAINT document_and_plan UNIQUE (id, plan_id);
ALTER TABLE plans_plan
    ADD CONSTRAINT plan_quotes_its_own_document
    FOREIGN KEY (current_document_id, id) REFERENCES plans_sourcedocument (id, plan_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE plans_planelement
    ADD CONSTRAINT element_quotes_a_document_of_its_plan
    FOREIGN KEY (document_id, plan_id) REFERENCES plans_sourcedocument (id, plan_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
OF_ANY_PLAN = """
ALTER TABLE plans_planelement DROP CONSTRAINT element_quotes_a_document_of_its_plan;
ALTER TABLE plans_plan DROP CONSTRAINT plan_quotes_its_own_document;
ALTER TABLE plans_sourcedocument DROP CONSTRAINT document_and_plan;
"""
ADDED = Q(added_on=None, added_by="") | Q(added_on__isnull=False) & ~Q(added_by="")


class Migration(migrations.Migration):
    dependencies = [("plans", "0011_import_of_a_list")]

    operations = [
        migrations.AlterModelOptions(
            name="sourcedocument",
            options={
                "ordering": ["plan", "number"],
                "verbose_name": "documento original",
                "verbose_name_plural": "documentos originales",
            },
        ),
        migrations.AlterField(
            model_name="sourcedocument",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="plans.plan",
                verbose_name="plan",
            ),
        ),
        migrations.AddField(
            model_name="sourcedocument",
            name="number",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="número"),
        ),
        migrations.AddField(
            model_name="sourcedocument",
            name="original_name",
            field=models.CharField(
                blank=True, default="", max_length=255, verbose_name="archivo original"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="sourcedocument",
            name="original_sha256",
            field=models.CharField(
                blank=True,
                default="",
                max_length=64,
                verbose_name="código de verificación del archivo original",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="sourcedocument",
            name="added_on",
            field=models.DateField(blank=True, null=True, verbose_name="añadido el"),
        ),
        migrations.AddField(
            model_name="sourcedocument",
            name="added_by",
            field=models.CharField(
                blank=True, default="", max_length=200, verbose_name="añadido por"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="plan",
            name="current_document",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="plans.sourcedocument",
            ),
        ),
        migrations.AddField(
            model_name="planelement",
            name="document",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="elements",
                to="plans.sourcedocument",
                verbose_name="documento",
            ),
        ),
        migrations.AddField(
            model_name="planelement",
            name="added_on",
            field=models.DateField(
                blank=True, editable=False, null=True, verbose_name="añadido el"
            ),
        ),
        migrations.AddField(
            model_name="planelement",
            name="added_by",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=200,
                verbose_name="añadido por",
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(CURRENT, migrations.RunSQL.noop),
        # What was written waits for the end of the transaction; a table is changed before it.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.AlterField(
            model_name="planelement",
            name="document",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="elements",
                to="plans.sourcedocument",
                verbose_name="documento",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcedocument",
            constraint=models.UniqueConstraint(
                fields=("plan", "number"), name="document_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcedocument",
            constraint=models.UniqueConstraint(
                fields=("plan", "sha256"),
                name="document_once",
                violation_error_message="Ese documento ya está.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcedocument",
            constraint=models.CheckConstraint(
                condition=ADDED,
                name="document_added_by_somebody_on_a_day",
                violation_error_message="Diga quién añadió el documento, y qué día.",
            ),
        ),
        migrations.AddConstraint(
            model_name="planelement",
            constraint=models.CheckConstraint(
                condition=ADDED, name="element_added_by_somebody_on_a_day"
            ),
        ),
        migrations.RunSQL(OF_ONE_PLAN, OF_ANY_PLAN),
    ]
