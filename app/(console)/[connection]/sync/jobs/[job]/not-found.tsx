export { MissingSyncJob as default } from '@/app/missing'
