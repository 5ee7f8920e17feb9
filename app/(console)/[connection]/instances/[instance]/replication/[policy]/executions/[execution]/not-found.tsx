export { MissingRun as default } from '@/components/run/missing'
