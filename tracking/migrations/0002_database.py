"""What Django's models cannot say: one plan, one municipality; and what is published stays."""

from django.db import migrations

# The columns repeated on a report are tied to what they repeat. The pair with ``simulated`` means
# that a plan with reports can no longer turn from a demonstration into a real one, or back.
OWNERSHIP = """
ALTER TABLE plans_plan
    ADD CONSTRAINT plan_and_simulated UNIQUE (id, simulated);
ALTER TABLE plans_measuringterms
    ADD CONSTRAINT terms_and_element UNIQUE (id, element_id);
ALTER TABLE tracking_progressreport
    ADD CONSTRAINT report_element_of_plan
    FOREIGN KEY (element_id, plan_id) REFERENCES plans_planelement (id, plan_id),
    ADD CONSTRAINT report_plan_of_municipality
    FOREIGN KEY (plan_id, municipality_id) REFERENCES plans_plan (id, municipality_id),
    ADD CONSTRAINT report_simulated_as_its_plan
    FOREIGN KEY (plan_id, simulated) REFERENCES plans_plan (id, simulated),
    ADD CONSTRAINT report_unit_of_municipality
    FOREIGN KEY (unit_id, municipality_id) REFERENCES accounts_unit (id, municipality_id),
    ADD CONSTRAINT report_terms_of_element
    FOREIGN KEY (terms_id, element_id) REFERENCES plans_measuringterms (id, element_id);
ALTER TABLE tracking_expenditure
    ADD CONSTRAINT expenditure_element_of_plan
    FOREIGN KEY (element_id, plan_id) REFERENCES plans_planelement (id, plan_id),
    ADD CONSTRAINT expenditure_plan_of_municipality
    FOREIGN KEY (plan_id, municipality_id) REFERENCES plans_plan (id, municipality_id),
    ADD CONSTRAINT expenditure_simulated_as_its_plan
    FOREIGN KEY (plan_id, simulated) REFERENCES plans_plan (id, simulated);
"""
NO_OWNERSHIP = """
ALTER TABLE tracking_expenditure
    DROP CONSTRAINT expenditure_simulated_as_its_plan,
    DROP CONSTRAINT expenditure_plan_of_municipality,
    DROP CONSTRAINT expenditure_element_of_plan;
ALTER TABLE tracking_progressreport
    DROP CONSTRAINT report_terms_of_element,
    DROP CONSTRAINT report_unit_of_municipality,
    DROP CONSTRAINT report_simulated_as_its_plan,
    DROP CONSTRAINT report_plan_of_municipality,
    DROP CONSTRAINT report_element_of_plan;
ALTER TABLE plans_measuringterms DROP CONSTRAINT terms_and_element;
ALTER TABLE plans_plan DROP CONSTRAINT plan_and_simulated;
"""

# A published report, what sustains it, and a closed semester: the row itself refuses. The share
# lock makes adding a support wait for a publication that is under way, and then refuse. The search
# path keeps a session's temporary table of the same name from standing in for the reports.
FROZEN = """
CREATE TRIGGER published_is_frozen BEFORE UPDATE OR DELETE ON tracking_progressreport
    FOR EACH ROW WHEN (OLD.state = 'publicado') EXECUTE FUNCTION vigia_append_only();
CREATE TRIGGER closed_is_frozen BEFORE UPDATE OR DELETE ON tracking_semesterwindow
    FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION vigia_append_only();
CREATE FUNCTION vigia_support_follows_its_report() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    states text[];
BEGIN
    SELECT array_agg(state) INTO states FROM (
        SELECT state FROM tracking_progressreport
        WHERE id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.report_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.report_id END
        ) FOR SHARE
    ) AS reports;
    IF 'publicado' = ANY (states) THEN
        RAISE EXCEPTION 'Lo publicado no se cambia ni se borra: tampoco su sustento.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER published_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON tracking_support
    FOR EACH ROW EXECUTE FUNCTION vigia_support_follows_its_report();
CREATE FUNCTION vigia_closing_says_it_once() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    closed timestamptz;
BEGIN
    SELECT closed_at INTO closed FROM tracking_semesterwindow WHERE id = NEW.window_id FOR SHARE;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'El semestre ya se cerró: no se agrega nada a su cierre.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER closed_is_frozen BEFORE INSERT ON tracking_closingline
    FOR EACH ROW EXECUTE FUNCTION vigia_closing_says_it_once();
"""
NOT_FROZEN = """
DROP TRIGGER closed_is_frozen ON tracking_closingline;
DROP FUNCTION vigia_closing_says_it_once();
DROP TRIGGER published_is_frozen ON tracking_support;
DROP FUNCTION vigia_support_follows_its_report();
DROP TRIGGER closed_is_frozen ON tracking_semesterwindow;
DROP TRIGGER published_is_frozen ON tracking_progressreport;
"""

APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON tracking_reviewstep
    FOR EACH ROW EXECUTE FUNCTION vigia_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON tracking_closingline
    FOR EACH ROW EXECUTE FUNCTION vigia_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON tracking_withholding
    FOR EACH ROW EXECUTE FUNCTION vigia_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON tracking_expenditure
    FOR EACH ROW EXECUTE FUNCTION vigia_append_only();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'vigia_app') THEN
        REVOKE UPDATE, DELETE ON tracking_reviewstep, tracking_closingline,
            tracking_withholding, tracking_expenditure FROM vigia_app;
    END IF;
END $$;
"""
NOT_APPEND_ONLY = """
DROP TRIGGER append_only ON tracking_reviewstep;
DROP TRIGGER append_only ON tracking_closingline;
DROP TRIGGER append_only ON tracking_withholding;
DROP TRIGGER append_only ON tracking_expenditure;
"""


class Migration(migrations.Migration):
    dependencies = [("tracking", "0001_initial"), ("plans", "0003_measuringterms_schedule")]

    operations = [
        migrations.RunSQL(OWNERSHIP, NO_OWNERSHIP),
        migrations.RunSQL(FROZEN, NOT_FROZEN),
        migrations.RunSQL(APPEND_ONLY, NOT_APPEND_ONLY),
    ]
