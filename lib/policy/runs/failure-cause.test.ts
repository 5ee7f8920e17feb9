import { expect, test } from 'vitest'
import { failureCause, groupingKey } from './failure-cause'

test.each([
  ['401 unauthorized: authentication required', 'credential'],
  [
    'http status code: 401, body: {"errors":[{"code":"UNAUTHORIZED","message":"unauthorized to access repository: a/b, action: push"}]}',
    'credential',
  ],
  [
    'failed to push manifest: http status code: 403, body: {"errors":[{"code":"DENIED","message":"requested access to the resource is denied"}]}',
    'credential',
  ],
  ['failed to get the token: no basic auth credentials', 'credential'],
  ['404 namespace payments-dr2 not found', 'namespace_missing'],
  ['project mirror not found', 'namespace_missing'],
  [
    'http status code: 404, body: {"errors":[{"code":"NAME_UNKNOWN","message":"repository name not known to registry"}]}',
    'namespace_missing',
  ],
  ['{"errorCode":"SVCSTG.SWR.4040058","errorMessage":"Namespace does not exist"}', 'namespace_missing'],
  [
    'http status code: 400, body: {"errors":[{"code":"NAME_INVALID","message":"invalid repository name: Team/API"}]}',
    'name_rejected',
  ],
  ['{"errorCode":"SVCSTG.SWR.4001028","errorMessage":"Invalid namespace name"}', 'name_rejected'],
  [
    'http status code: 403, body: {"errors":[{"code":"DENIED","message":"adding 42.1 MiB of storage resource, which when updated to current usage of 10.0 GiB will exceed the configured upper limit of 10.0 GiB."}]}',
    'quota',
  ],
  ['failed to create namespace mirror: http status code: 412, body: quota of storage exceeded', 'quota'],
  ['write /storage/docker/registry: no space left on device', 'quota'],
  ['Put "https://registry.example.com/v2/a/b/blobs/uploads/": dial tcp 10.60.4.12:443: i/o timeout', 'network'],
  [
    'failed to ping registry plant: Get "https://h.example.com/v2/": dial tcp: lookup h.example.com: no such host',
    'network',
  ],
  [
    'failed to push blob sha256:4f1c: http status code: 504, body: <html><title>504 Gateway Time-out</title></html>',
    'network',
  ],
  [
    'failed to fetch token: Post "https://auth.example.com/token": x509: certificate has expired or is not yet valid',
    'network',
  ],
  ['read tcp 10.0.0.1:4432->10.0.0.2:443: read: connection reset by peer', 'network'],
  ['context deadline exceeded (Client.Timeout exceeded while awaiting headers)', 'network'],
  [
    'http status code: 400, body: {"errors":[{"code":"MANIFEST_INVALID","message":"unsupported manifest media type: application/vnd.oci.image.index.v1+json"}]}',
    'image_index',
  ],
  [
    'http status code: 400, body: {"errors":[{"code":"MANIFEST_INVALID","message":"unsupported schema version"}]}',
    'manifest_kind',
  ],
  ["400 Bad Request: Invalid image, fail to parse 'manifest.json'", 'image_index'],
  [
    'failed to pull manifest: http status code: 404, body: {"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}',
    'gone_at_source',
  ],
  ['404 artifact library/web:v1 not found', 'gone_at_source'],
  ['unexpected status 403', 'credential'],
  ['unexpected status from PUT request: 507 Insufficient Storage', 'quota'],
  ['unexpected status: HTTP/1.1 502', 'network'],
  ['the media type application/vnd.cncf.helm.chart.content.v1.tar+gzip is not supported', 'manifest_kind'],
  [
    'http status code: 412, body: {"errors":[{"code":"PRECONDITION","message":"Failed to process request due to \'api:v1\' configured as immutable."}]}',
    'immutable',
  ],
  ['failed to push manifest: tag v2.14.0 is immutable, cannot be overwritten', 'immutable'],
  ['failed to get registry 3: not found', 'registry_missing'],
  ['worker 7 gave up: E77', 'other'],
  ['', 'other'],
  ['目标端发生错误', 'other'],
] as const)('%s', (text, cause) => {
  expect(failureCause(text)).toBe(cause)
})

/** Names, digests, ports and times that look like a reason. */
test.each([
  ['read tcp 10.0.0.1:50212->10.0.0.2:40311: worker gave up', 'a/b', 'v1', 'other'],
  ['failed to copy blob sha256:4f15079b0e00507aa1c0: worker gave up', 'a/b', 'v1', 'other'],
  ['worker gave up on library/app:401', 'library/app', '401', 'other'],
  ["worker gave up on 'app:401'", 'library/app', '401', 'other'],
  ['worker gave up on tag 403', 'library/app', '403', 'other'],
  ['failed to push library/quota-service:v1: worker gave up', 'library/quota-service', 'v1', 'other'],
  ['quota-service: worker gave up', 'library/web', 'v1', 'other'],
  ['failed to push project-x/app: connection refused, not found in cache', 'project-x/app', 'v1', 'network'],
  ['project-x/app not found', 'project-x/app', 'v1', 'other'],
  ['build-502 gave up', 'library/app', 'build-502', 'other'],
  ['library/app:build-502: worker gave up', 'library/app', 'build-502', 'other'],
  ['worker gave up at 2026-03-04T04:03:00.507Z after 401s', 'library/app', 'v1', 'other'],
  ['Put "https://registry.example.com/v2/quota/forbidden/manifests/503": EOF', 'quota/forbidden', '503', 'network'],
  ['worker gave up on tag forbidden', 'library/app', 'forbidden', 'other'],
  ['quota exceeded', 'team/quota', 'quota', 'quota'],
  ['403 forbidden', 'team/forbidden', '403', 'credential'],
] as const)('%s, of %s:%s, is %s', (text, repository, tag, cause) => {
  expect(failureCause(text, { repository, tag })).toBe(cause)
})

test('texts about different tags are alike, texts about different things are not', () => {
  const immutable = (repository: string, tag: string) =>
    groupingKey(`'${repository.split('/').slice(1).join('/')}:${tag}' configured as immutable`, repository, tag)
  expect(immutable('payments/team/api', 'v2.14.0')).toBe(immutable('library/nginx', 'v3.0.1'))
  expect(immutable('library/nginx', '1')).toBe(immutable('library/redis', '7'))
  const blob = (digest: string) => groupingKey(`failed to push blob sha256:${digest}: EOF`, 'library/nginx', '1.27')
  expect(blob('4f1c0a2be')).toBe(blob('9b0e77aa1'))
  expect(groupingKey('401 unauthorized', 'a/b', 'v1')).not.toBe(groupingKey('404 not found', 'a/b', 'v1'))
  const line = (port: number, at: string) =>
    groupingKey(`${at} read tcp 10.0.0.1:${port}->10.0.0.2:443: connection reset by peer`, 'library/nginx', '1.27')
  expect(line(35070, '2026-03-04T09:30:00Z')).toBe(line(41212, '2026/03/04 11:02:14'))
  const full = (size: string) =>
    groupingKey(`adding ${size} of storage resource will exceed the limit of 10.0 GiB`, 'library/nginx', '1.27')
  expect(full('42.1 MiB')).toBe(full('1.3 GiB'))
  const put = (host: string, path: string) =>
    groupingKey(`Put "https://${host}/v2/${path}/blobs/uploads/": EOF`, path, 'v1')
  expect(put('r.example.com', 'team/team/api')).toBe(put('r.example.com', 'library/nginx'))
})
