export { MissingInstance as default } from '@/components/instance/missing'
