ALTER TABLE "scoped_runs" RENAME TO "partial_runs";--> statement-breakpoint
ALTER SEQUENCE "scoped_runs_id_seq" RENAME TO "partial_runs_id_seq";--> statement-breakpoint
ALTER INDEX "scoped_runs_policy" RENAME TO "partial_runs_policy";--> statement-breakpoint
ALTER INDEX "scoped_runs_unended" RENAME TO "partial_runs_unended";--> statement-breakpoint
ALTER TABLE "audit" DISABLE TRIGGER "audit_close_once";--> statement-breakpoint
UPDATE "audit" SET "operation" = replace("operation", 'scopedRun', 'partialRun') WHERE "operation" LIKE 'scopedRun%';--> statement-breakpoint
ALTER TABLE "audit" ENABLE TRIGGER "audit_close_once";
