CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
--> statement-breakpoint
CREATE FUNCTION "refuse_unless_closing"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF OLD."outcome" <> 'open'
		OR (OLD."id", OLD."at", OLD."actor_id", OLD."actor_name", OLD."role", OLD."connection", OLD."instance", OLD."operation", OLD."kind", OLD."reason")
		IS DISTINCT FROM
		(NEW."id", NEW."at", NEW."actor_id", NEW."actor_name", NEW."role", NEW."connection", NEW."instance", NEW."operation", NEW."kind", NEW."reason")
	THEN
		RAISE EXCEPTION 'audit is append-only' USING ERRCODE = 'integrity_constraint_violation';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "audit_close_once" BEFORE UPDATE ON "audit" FOR EACH ROW EXECUTE FUNCTION "refuse_unless_closing"();
--> statement-breakpoint
CREATE TRIGGER "audit_keep" BEFORE DELETE ON "audit" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "audit_keep_all" BEFORE TRUNCATE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "revisions_keep" BEFORE UPDATE OR DELETE ON "revisions" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "revisions_keep_all" BEFORE TRUNCATE ON "revisions" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
