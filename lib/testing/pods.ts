import { createHash } from 'node:crypto'

/*
 * What `kubectl get pods -A -o json` prints for a cluster of any size: the fields, their order and the indentation of
 * kubectl 1.29 against a containerd cluster, with names and images made up. The same each time.
 */

const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`

/** Image number `index` of a cluster that runs `images` different ones. */
export const runningImage = (index: number, images: number) => {
  const service = index % images
  const repository = service % 3 === 0 ? `payments/team-${service % 7}/api-${service}` : `payments/web-${service}`
  return { repository, tag: `2.${service % 40}.${service % 9}`, digest: digestOf(`image ${service}`) }
}

/** Of a registry host and port, to have both in every list. */
export const podRegistry = 'swr.cn-north-4.myhuaweicloud.com'

function container(name: string, image: string) {
  return {
    image,
    imagePullPolicy: 'IfNotPresent',
    name,
    ports: [{ containerPort: 8080, name: 'http', protocol: 'TCP' }],
    readinessProbe: {
      failureThreshold: 3,
      httpGet: { path: '/healthz', port: 'http', scheme: 'HTTP' },
      periodSeconds: 10,
    },
    resources: { limits: { memory: '512Mi' }, requests: { cpu: '100m', memory: '256Mi' } },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    volumeMounts: [
      { mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', name: 'kube-api-access', readOnly: true },
    ],
  }
}

const status = (name: string, image: string, imageID: string, index: number) => ({
  containerID: `containerd://${digestOf(`container ${index} ${name}`).slice(7)}`,
  image,
  imageID,
  lastState: {},
  name,
  ready: true,
  restartCount: 0,
  started: true,
  state: { running: { startedAt: '2026-11-20T08:15:30Z' } },
})

/** One pod in three has an init container, one in ten a sidecar that is named by digest, one in fifty a debug container. */
function podOf(index: number, images: number) {
  const { repository, tag, digest } = runningImage(index, images)
  const image = `${podRegistry}/${repository}:${tag}`
  const sidecar = runningImage(index + 1, images)
  const pinned = `${podRegistry}/${sidecar.repository}@${sidecar.digest}`
  const init = 'docker.io/library/busybox:1.36'
  const debug = 'registry.example.com:5000/tools/debug:v3'
  const name = `web-${index}-${digestOf(`pod ${index}`).slice(7, 17)}`
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      annotations: { 'prometheus.io/port': '8080', 'prometheus.io/scrape': 'true' },
      creationTimestamp: '2026-11-20T08:15:21Z',
      generateName: `web-${index}-`,
      labels: { app: `web-${index}`, 'pod-template-hash': '6d4cf56db6' },
      name,
      namespace: `team-${index % 12}`,
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          blockOwnerDeletion: true,
          controller: true,
          kind: 'ReplicaSet',
          name: `web-${index}`,
          uid: name,
        },
      ],
      resourceVersion: String(100_000 + index),
      uid: name,
    },
    spec: {
      containers: [container('web', image), ...(index % 10 === 0 ? [container('proxy', pinned)] : [])],
      dnsPolicy: 'ClusterFirst',
      enableServiceLinks: true,
      ...(index % 50 === 0 && { ephemeralContainers: [container('debugger', debug)] }),
      imagePullSecrets: [{ name: 'default-secret' }],
      ...(index % 3 === 0 && { initContainers: [container('wait', init)] }),
      nodeName: `192.168.0.${index % 200}`,
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      serviceAccountName: 'default',
      tolerations: [
        { effect: 'NoExecute', key: 'node.kubernetes.io/not-ready', operator: 'Exists', tolerationSeconds: 300 },
      ],
      volumes: [
        {
          name: 'kube-api-access',
          projected: { sources: [{ serviceAccountToken: { expirationSeconds: 3607, path: 'token' } }] },
        },
      ],
    },
    status: {
      conditions: [
        { lastProbeTime: null, lastTransitionTime: '2026-11-20T08:15:31Z', status: 'True', type: 'Ready' },
        { lastProbeTime: null, lastTransitionTime: '2026-11-20T08:15:21Z', status: 'True', type: 'PodScheduled' },
      ],
      containerStatuses: [
        status('web', image, `${podRegistry}/${repository}@${digest}`, index),
        // A runtime that has no name for it says its own id.
        ...(index % 10 === 0 ? [status('proxy', digestOf('config'), digestOf('config'), index)] : []),
      ],
      hostIP: `192.168.0.${index % 200}`,
      ...(index % 3 === 0 && {
        initContainerStatuses: [status('wait', init, `docker.io/library/busybox@${digestOf('busybox')}`, index)],
      }),
      phase: 'Running',
      podIP: `172.16.${index % 250}.${index % 200}`,
      qosClass: 'Burstable',
      startTime: '2026-11-20T08:15:21Z',
    },
  }
}

/** As kubectl prints it, `items` before `kind`. */
export const podList = (pods: number, images = pods): string =>
  `${JSON.stringify(
    {
      apiVersion: 'v1',
      items: Array.from({ length: pods }, (_, index) => podOf(index, images)),
      kind: 'List',
      metadata: { resourceVersion: '' },
    },
    null,
    4,
  )}\n`

export const onePod = (index = 0): string => JSON.stringify(podOf(index, 10), null, 4)
