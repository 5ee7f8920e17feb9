export { MissingRetention as default } from '@/components/retention/policy/missing'
