/** Namespaces and their repositories, as a company that ships software might have them. */
export const catalog: Readonly<Record<string, readonly string[]>> = {
  library:
    'nginx redis postgres node python golang alpine busybox haproxy rabbitmq memcached temurin debian envoy traefik'.split(
      ' ',
    ),
  payments:
    'team/api team/worker ledger ledger-export gateway fraud-score reconciliation statements psp/adyen-adapter psp/stripe-adapter psp/paypal-adapter refund-worker webhooks'.split(
      ' ',
    ),
  checkout:
    'cart cart-sync web bff pricing promotions tax address-lookup shipping/quotes shipping/labels gift-cards session-store order-intake'.split(
      ' ',
    ),
  catalog:
    'api search search-indexer media/resizer media/transcoder import/feeds import/suppliers attributes reviews recommendations availability sitemap'.split(
      ' ',
    ),
  identity:
    'auth login-ui mfa tokens directory-sync scim audit-trail session-gc oidc/provider oidc/conformance consent'.split(
      ' ',
    ),
  platform:
    'ingress cert-rotator backup-agent cluster-autoscaler image-builder ci/runner ci/cache ci/scanner policy-agent log-shipper node-tuner secrets-operator tools/kubectl tools/toolbox'.split(
      ' ',
    ),
  data: 'etl/orders etl/customers etl/clicks airflow spark-base trino kafka-connect schema-registry flink-jobs dbt warehouse-loader quality-checks lineage'.split(
    ' ',
  ),
  ml: 'feature-store training/ranking training/fraud serving/ranking serving/fraud notebooks batch-predict model-registry embeddings gpu-base drift-monitor'.split(
    ' ',
  ),
  mobile: 'bff push deep-links config crash-intake app-review geo offers loyalty onboarding'.split(' '),
  observability:
    'prometheus alertmanager grafana loki tempo otel-collector blackbox pagerduty-bridge slo-exporter synthetic/browser synthetic/api status-page'.split(
      ' ',
    ),
  charts: 'ingress cart ledger platform-base monitoring auth'.split(' '),
}

/** What the smaller staging instance holds. */
export const stagingCatalog: Readonly<Record<string, readonly string[]>> = {
  library: 'nginx redis postgres node alpine'.split(' '),
  payments: 'team/api team/worker ledger gateway webhooks'.split(' '),
  checkout: 'cart web bff pricing shipping/quotes'.split(' '),
  identity: 'auth login-ui mfa'.split(' '),
  platform: 'ingress image-builder ci/runner'.split(' '),
}
