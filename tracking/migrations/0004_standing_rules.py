"""What closings found of units and kinds before they kept them; and whose a standing is."""

from django.db import migrations

# Closings are append-only: the owner lifts the trigger for the one time in which columns that did
# not exist take what can be known now, who answers and how it is measured today.
FILL = """
ALTER TABLE tracking_closingline DISABLE TRIGGER append_only;
UPDATE tracking_closingline AS line SET
    units = coalesce((
        SELECT array_agg(unit_id ORDER BY unit_id) FROM plans_responsibility
        WHERE element_id = line.element_id
    ), '{}'),
    kind = coalesce(
        nullif((
            SELECT kind FROM plans_measuringterms
            WHERE element_id = line.element_id ORDER BY version DESC LIMIT 1
        ), ''),
        CASE WHEN element.level = 'activity' THEN 'entrega' ELSE '' END
    )
FROM plans_planelement AS element WHERE element.id = line.element_id;
ALTER TABLE tracking_closingline ENABLE TRIGGER append_only;
"""

# Deferred: a plan that turns into a demonstration is counted anew later in the same transaction.
OWNERSHIP = """
ALTER TABLE tracking_standing
    ADD CONSTRAINT standing_plan_of_municipality
    FOREIGN KEY (plan_id, municipality_id) REFERENCES plans_plan (id, municipality_id),
    ADD CONSTRAINT standing_unit_of_municipality
    FOREIGN KEY (unit_id, municipality_id) REFERENCES accounts_unit (id, municipality_id),
    ADD CONSTRAINT standing_simulated_as_its_plan
    FOREIGN KEY (plan_id, simulated) REFERENCES plans_plan (id, simulated)
    DEFERRABLE INITIALLY DEFERRED;
"""
NO_OWNERSHIP = """
ALTER TABLE tracking_standing
    DROP CONSTRAINT standing_simulated_as_its_plan,
    DROP CONSTRAINT standing_unit_of_municipality,
    DROP CONSTRAINT standing_plan_of_municipality;
"""


class Migration(migrations.Migration):
    dependencies = [("tracking", "0003_standing")]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(OWNERSHIP, NO_OWNERSHIP),
    ]
