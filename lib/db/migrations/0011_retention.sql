CREATE TABLE "in_use_clusters" (
	"cluster" text PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"expires" timestamp with time zone NOT NULL,
	"actor_name" text NOT NULL,
	"images" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "in_use_images" (
	"cluster" text NOT NULL,
	"host" text NOT NULL,
	"repository" text NOT NULL,
	"tag" text NOT NULL,
	"digest" text NOT NULL,
	CONSTRAINT "in_use_images_cluster_host_repository_tag_digest_pk" PRIMARY KEY("cluster","host","repository","tag","digest")
);
--> statement-breakpoint
CREATE TABLE "retention_images" (
	"job" bigint NOT NULL,
	"index" integer NOT NULL,
	"repository" text NOT NULL,
	"digest" text NOT NULL,
	"tags" jsonb NOT NULL,
	"size" bigint NOT NULL,
	"pushed" timestamp with time zone,
	"pulled" timestamp with time zone,
	"swr" text NOT NULL,
	"ours" text NOT NULL,
	"rule" integer,
	"because" text,
	"differs" boolean NOT NULL,
	"in_use" jsonb NOT NULL,
	"copy" text DEFAULT 'none' NOT NULL,
	"copy_text" text DEFAULT '' NOT NULL,
	"copied_at" timestamp with time zone,
	"place" text DEFAULT '' NOT NULL,
	"restore" text DEFAULT 'none' NOT NULL,
	"restore_text" text DEFAULT '' NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "retention_images_job_index_pk" PRIMARY KEY("job","index")
);
--> statement-breakpoint
CREATE TABLE "retention_settings" (
	"connection" text NOT NULL,
	"instance" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_name" text NOT NULL,
	"limits" jsonb NOT NULL,
	CONSTRAINT "retention_settings_connection_instance_pk" PRIMARY KEY("connection","instance")
);
--> statement-breakpoint
ALTER TABLE "in_use_images" ADD CONSTRAINT "in_use_images_cluster_in_use_clusters_cluster_fk" FOREIGN KEY ("cluster") REFERENCES "public"."in_use_clusters"("cluster") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_images" ADD CONSTRAINT "retention_images_job_jobs_id_fk" FOREIGN KEY ("job") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "in_use_images_repository" ON "in_use_images" USING btree ("repository");--> statement-breakpoint
CREATE INDEX "retention_images_swr" ON "retention_images" USING btree ("job","swr");--> statement-breakpoint
CREATE INDEX "retention_images_copy" ON "retention_images" USING btree ("copy","copied_at");