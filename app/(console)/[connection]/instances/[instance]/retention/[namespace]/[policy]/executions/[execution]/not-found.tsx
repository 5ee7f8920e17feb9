export { MissingExecution as default } from '@/app/missing'
