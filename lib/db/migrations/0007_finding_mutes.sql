CREATE TABLE "finding_mutes" (
	"connection" text NOT NULL,
	"instance" text NOT NULL,
	"finding" text NOT NULL,
	"reason" text NOT NULL,
	"actor_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "finding_mutes_connection_instance_finding_pk" PRIMARY KEY("connection","instance","finding")
);
