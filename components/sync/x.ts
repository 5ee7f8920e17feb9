import { swrQuery } from '@/lib/query/client'
import { tagsOf } from './sync-address'
import { usePages } from './use-pages'
export const useX = () => { const p = usePages('a', (page) => swrQuery('c', 'basicTagList', tagsOf({organization:'',repository:''}, page))); return p.rows[0]?.Tag?.length }
