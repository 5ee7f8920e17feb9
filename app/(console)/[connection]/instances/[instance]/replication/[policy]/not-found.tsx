export { MissingReplication as default } from '@/app/missing'
