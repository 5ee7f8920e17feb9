export { MissingReplication as default } from '@/components/replication/policy/missing'
