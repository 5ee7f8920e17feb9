export { MissingDryRun as default } from '@/app/missing'
