CREATE TABLE "api_tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"ending" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	CONSTRAINT "api_tokens_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "idempotent_requests" (
	"actor" text NOT NULL,
	"key" text NOT NULL,
	"request" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"status" integer,
	"answer" jsonb,
	CONSTRAINT "idempotent_requests_actor_key_pk" PRIMARY KEY("actor","key")
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "jobs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"until" timestamp with time zone NOT NULL,
	"holder" text NOT NULL,
	"connection" text NOT NULL,
	"instance" text,
	"subject" text,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"role" text NOT NULL,
	"reason" text,
	"size" integer NOT NULL,
	"paused" boolean DEFAULT false NOT NULL,
	"stop_reason" text,
	"stop_name" text,
	"stopped_at" timestamp with time zone,
	"version" bigint DEFAULT 0 NOT NULL,
	"data" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sync_cells" (
	"job" bigint NOT NULL,
	"index" integer NOT NULL,
	"repository" text NOT NULL,
	"tag" text NOT NULL,
	"target" integer NOT NULL,
	"digest" text NOT NULL,
	"size" bigint NOT NULL,
	"overwrite" boolean NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"swr" jsonb,
	"attempts" integer DEFAULT 0 NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"reported_at" timestamp with time zone,
	"version" bigint NOT NULL,
	CONSTRAINT "sync_cells_job_index_pk" PRIMARY KEY("job","index")
);
--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_cells" ADD CONSTRAINT "sync_cells_job_jobs_id_fk" FOREIGN KEY ("job") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_tokens_user" ON "api_tokens" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "idempotent_requests_at" ON "idempotent_requests" USING btree ("at");--> statement-breakpoint
CREATE INDEX "jobs_list" ON "jobs" USING btree ("kind","connection","id");--> statement-breakpoint
CREATE INDEX "jobs_subject" ON "jobs" USING btree ("kind","connection","instance","subject","id");--> statement-breakpoint
CREATE INDEX "jobs_unended" ON "jobs" USING btree ("until") WHERE "jobs"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "sync_cells_state" ON "sync_cells" USING btree ("job","state");--> statement-breakpoint
CREATE INDEX "sync_cells_version" ON "sync_cells" USING btree ("job","version");