CREATE TABLE "key_refusals" (
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"spent" integer NOT NULL,
	"in_row" integer NOT NULL,
	"step" integer NOT NULL,
	"retry_at" timestamp with time zone NOT NULL,
	"granted" boolean DEFAULT false NOT NULL,
	"problem" jsonb NOT NULL,
	CONSTRAINT "key_refusals_key_fingerprint_pk" PRIMARY KEY("key","fingerprint")
);
--> statement-breakpoint
ALTER TABLE "scoped_runs" ADD COLUMN "stop_reason" text;--> statement-breakpoint
ALTER TABLE "scoped_runs" ADD COLUMN "stop_name" text;--> statement-breakpoint
ALTER TABLE "scoped_runs" ADD COLUMN "stopped_at" timestamp with time zone;