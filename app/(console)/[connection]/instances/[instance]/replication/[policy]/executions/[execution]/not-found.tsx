export { MissingRun as default } from '@/app/missing'
