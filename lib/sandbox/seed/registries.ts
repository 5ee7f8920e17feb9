import { demo, demoEurope } from '../demo'
import type { Raw } from '../json-fields'
import type { Clock } from './clock'

const dayMinutes = 24 * 60

/** Ids of the seeded instances are fixed, so that links to the demo keep working. */
export const prodId = '6f1d2c3b-4a59-4e68-9b7a-0c1d2e3f4a5b'
export const stagingId = 'b2a9d7c4-10e3-4f7d-8c56-3e9f0a1b2c3d'
export const frankfurtId = 'c41e8f02-7d35-4b19-a6e0-5f2d9b8c7a61'

/** Registry ids and what a policy's name says of each. */
export const places = [
  { id: 3, place: 'harbor-dr' },
  { id: 6, place: 'frankfurt' },
  { id: 12, place: 'staging' },
  { id: 15, place: 'hongkong' },
  { id: 21, place: 'plant-suzhou' },
] as const

export function registries(clock: Clock): Raw[] {
  const common = { insecure: false, status: 'healthy', region_id: '', instance_id: '', project_id: '' }
  const credential = (login: string) => ({ type: 'basic', access_key: login, access_secret: '' })
  const times = (created: number, updated: number) => ({
    created_at: clock.ago(created * dayMinutes),
    updated_at: clock.ago(updated * dayMinutes),
  })
  return [
    {
      ...common,
      id: 3,
      name: 'harbor-dr',
      description: 'Disaster recovery site, on premises',
      type: 'swr-pro',
      url: 'https://harbor.dr.example.com',
      credential: credential('robot$replication'),
      ...times(410, 96),
    },
    {
      ...common,
      id: 6,
      name: 'frankfurt',
      description: 'Enterprise instance for customers in the EU',
      type: 'swr-pro-internal',
      url: 'https://prod-frankfurt-7h2k9d.swr-pro.example.com',
      region_id: demoEurope.region,
      project_id: demoEurope.project,
      instance_id: frankfurtId,
      credential: credential('05f0e9d8c7b6a5948372615f4e3d2c1b'),
      ...times(301, 40),
    },
    {
      ...common,
      id: 12,
      name: 'staging',
      description: 'Our own staging instance in this region',
      type: 'swr-pro-internal',
      url: 'https://staging-registry-m4p8q1.swr-pro.example.com',
      region_id: demo.region,
      project_id: demo.project,
      instance_id: stagingId,
      credential: credential('0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d'),
      ...times(288, 12),
    },
    {
      ...common,
      id: 15,
      name: 'hongkong-basic',
      description: '',
      type: 'huawei-SWR',
      url: 'https://swr-api.ap-southeast-1.example.com',
      region_id: 'ap-southeast-1',
      // The documented docker login form holds the access key itself: it must never reach a browser.
      credential: credential(`ap-southeast-1@${demo.access}`),
      ...times(190, 190),
    },
    {
      ...common,
      id: 21,
      name: 'plant-suzhou',
      description: 'Harbor in the plant, behind a 20 Mbit/s line',
      type: 'swr-pro',
      url: 'https://harbor.plant.example.com:8443',
      insecure: true,
      status: 'unhealthy',
      credential: credential('robot$plant'),
      ...times(75, 3),
    },
  ]
}
