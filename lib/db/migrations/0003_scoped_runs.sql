CREATE TABLE "scoped_runs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "scoped_runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"until" timestamp with time zone NOT NULL,
	"holder" text NOT NULL,
	"connection" text NOT NULL,
	"instance" text NOT NULL,
	"policy_id" bigint NOT NULL,
	"execution_id" bigint,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"role" text NOT NULL,
	"token" text NOT NULL,
	"policy" jsonb NOT NULL,
	"parts" jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "scoped_runs_policy" ON "scoped_runs" USING btree ("connection","instance","policy_id","id");--> statement-breakpoint
CREATE INDEX "scoped_runs_unended" ON "scoped_runs" USING btree ("until") WHERE "scoped_runs"."ended_at" is null;