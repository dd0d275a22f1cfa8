"""A statement may stand under further parents: of its plan, that may hold it, and none its own line."""

import django.db.models.deletion
from django.db import migrations, models

# The two levels and the plan are those of the elements themselves: composite foreign keys tie them.
TIED = """
ALTER TABLE plans_planelement
    ADD CONSTRAINT element_of_level UNIQUE (id, plan_id, level);
ALTER TABLE plans_crossreference
    ADD CONSTRAINT cross_reference_of_its_element
    FOREIGN KEY (element_id, plan_id, level) REFERENCES plans_planelement (id, plan_id, level)
    DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT cross_reference_to_its_parent
    FOREIGN KEY (parent_id, plan_id, parent_level) REFERENCES plans_planelement (id, plan_id, level)
    DEFERRABLE INITIALLY DEFERRED;
"""
UNTIED = """
ALTER TABLE plans_crossreference
    DROP CONSTRAINT cross_reference_to_its_parent,
    DROP CONSTRAINT cross_reference_of_its_element;
ALTER TABLE plans_planelement DROP CONSTRAINT element_of_level;
"""
# What hangs from what, and what still stands, changes with the elements too: both are looked at
# when the whole version is written.
HELD = """
CREATE FUNCTION vigia_cross_references() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM plans_crossreference r
            JOIN plans_planelement e ON e.id IN (r.element_id, r.parent_id)
            WHERE r.plan_id = NEW.plan_id AND e.until_version IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'Lo que se retiró del plan no está también en otro lugar.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cross_reference_of_what_stands';
    END IF;
    IF EXISTS (
        WITH RECURSIVE above AS (
            SELECT r.id, w.below, w.sought, e.parent_id
                FROM plans_crossreference r
                CROSS JOIN LATERAL (VALUES (r.element_id, r.parent_id), (r.parent_id, r.element_id))
                    AS w(below, sought)
                JOIN plans_planelement e ON e.id = w.below
                WHERE r.plan_id = NEW.plan_id
            UNION ALL
            SELECT above.id, above.below, above.sought, e.parent_id
                FROM above JOIN plans_planelement e ON e.id = above.parent_id
        )
        SELECT FROM above WHERE parent_id = sought
    ) THEN
        RAISE EXCEPTION 'Un texto no está también en aquello de lo que cuelga, ni en lo que cuelga de él.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cross_reference_out_of_its_line';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER cross_references_fit AFTER INSERT OR UPDATE ON plans_crossreference
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vigia_cross_references();
CREATE CONSTRAINT TRIGGER cross_references_fit AFTER UPDATE ON plans_planelement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.parent_id IS DISTINCT FROM NEW.parent_id
        OR OLD.until_version IS DISTINCT FROM NEW.until_version)
    EXECUTE FUNCTION vigia_cross_references();
"""
NOT_HELD = """
DROP TRIGGER cross_references_fit ON plans_planelement;
DROP TRIGGER cross_references_fit ON plans_crossreference;
DROP FUNCTION vigia_cross_references();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0014_classifications"),
    ]

    operations = [
        migrations.CreateModel(
            name="CrossReference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.CharField(editable=False, max_length=10)),
                ("parent_level", models.CharField(editable=False, max_length=10)),
                (
                    "element",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cross_references",
                        to="plans.planelement",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referred",
                        to="plans.planelement",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "referencia a otro lugar del plan",
                "verbose_name_plural": "referencias a otros lugares de los planes",
            },
        ),
        migrations.AddField(
            model_name="planelement",
            name="also_under",
            field=models.ManyToManyField(
                related_name="also_holds",
                through="plans.CrossReference",
                through_fields=("element", "parent"),
                to="plans.planelement",
                verbose_name="está también en",
            ),
        ),
        migrations.AddConstraint(
            model_name="crossreference",
            constraint=models.UniqueConstraint(
                fields=("element", "parent"), name="cross_reference_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="crossreference",
            constraint=models.CheckConstraint(
                condition=models.Q(
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
                    models.Q(("level", "guideline"), ("parent_level__in", ["guideline"])),
                    _connector="OR",
                ),
                name="cross_reference_from_a_fitting_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="crossreference",
            constraint=models.CheckConstraint(
                condition=models.Q(("element", models.F("parent")), _negated=True),
                name="cross_reference_to_another",
            ),
        ),
        migrations.RunSQL(TIED, UNTIED),
        migrations.RunSQL(HELD, NOT_HELD),
    ]
