export { MissingRetentionRun as default } from '@/app/missing'
