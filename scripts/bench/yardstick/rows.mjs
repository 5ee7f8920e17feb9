/** As many rows as a page of the console's list holds. */
export const rows = Array.from({ length: 20 }, (_, index) => ({
  id: index + 1,
  name: `mirror-team-${index + 1}-to-the-second-region`,
  target: 'frankfurt / production',
  filter: `team-${index + 1}/** : v*`,
  trigger: index % 2 ? 'Manual' : 'Every day at 02:30',
  status: index % 3 ? 'Succeeded' : 'Failed',
}))

export const columns = ['name', 'target', 'filter', 'trigger', 'status']
