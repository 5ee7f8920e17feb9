export { MissingInstance as default } from '@/app/missing'
