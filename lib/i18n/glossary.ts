/** A term of the field: where an English text holds it, the Chinese text holds its translation. */
export interface Term {
  english: RegExp
  chinese: RegExp
  /** The Chinese word means nothing else, so the English text holds the term too. */
  isReserved?: boolean
  /** Keys where Chinese says it without the word. */
  except?: RegExp
}

/** The words of SWR's own console. */
export const terms: readonly Term[] = [
  { english: /\breplicat/i, chinese: /同步/ },
  { english: /\bretention\b/i, chinese: /老化/, isReserved: true },
  {
    english: /\bregistr(y|ies)\b/i,
    chinese: /目标仓库|源仓库/,
    except: /^replicationForm\.(pushOnly|summary\.noRegistry)$/,
  },
  { english: /\brepositor(y|ies)\b/i, chinese: /镜像仓库/, except: /^run\.gone\.title$/ },
  { english: /\bnamespaces?\b/i, chinese: /命名空间/ },
  { english: /\borganizations?\b/i, chinese: /组织/, isReserved: true },
  { english: /\bregions?\b/i, chinese: /区域/, isReserved: true },
  { english: /(?<!\bfailed )\btags?\b/i, chinese: /镜像版本/ },
  { english: /\buntagged\b/i, chinese: /无标签/, isReserved: true },
  {
    english: /\bdigests?\b/i,
    chinese: /摘要/,
    isReserved: true,
    except: /^(plan\.group\.same|retention\.edit\.several)$/,
  },
  { english: /(?<!\b(?:name|keyboard) )\bpatterns?\b/i, chinese: /通配符模式/ },
  { english: /\btriggers?\b/i, chinese: /触发/ },
  { english: /\bschedules?\b/i, chinese: /定时|计划|触发方式/ },
  { english: /\bpartial runs?\b/i, chinese: /部分执行/ },
  { english: /\btemporary polic(y|ies)\b/i, chinese: /临时策略/ },
  { english: /\brun now\b/i, chinese: /立即执行/ },
  { english: /\boverwr(ite|ites|itten|iting)\b/i, chinese: /覆盖/ },
  { english: /\bimmutab/i, chinese: /不可变/ },
  { english: /\b(an?|no|the) archive\b/i, chinese: /归档仓库/ },
  { english: /\bquotas?\b/i, chinese: /配额/ },
  { english: /\bcredentials?\b/i, chinese: /凭证/ },
  {
    english: /\bidentity provider\b/i,
    chinese: /身份提供商/,
    isReserved: true,
    except: /^problem\.(role_missing|sso_failed)\./,
  },
  { english: /\bendpoints?\b/i, chinese: /终端节点/ },
  { english: /\brequest id\b/i, chinese: /请求 ID/ },
  { english: /\baudit log\b/i, chinese: /审计日志/ },
  { english: /\broles?\b/i, chinese: /角色/, isReserved: true, except: /^problem\.role_too_low\./ },
  { english: /\bdrafts?\b/i, chinese: /草稿/, isReserved: true },
]

/** A Chinese word that no text holds. */
export interface Forbidden {
  chinese: RegExp
  reason: string
  /** Keys whose texts may hold it all the same. */
  except?: RegExp
}

/** One word for one thing, no word for two. */
export const forbidden: readonly Forbidden[] = [
  {
    chinese: /复制/,
    reason: 'means to copy a text or to duplicate a policy; replication is 同步',
    except: /(?<!repositories\.)cop(y|ied)|duplicate|several|\.export\.|noToken|closeAnyway/i,
  },
  { chinese: /(?<!策略)检查/, reason: 'means the checks of policies; a review is 核对', except: /^checks\./ },
  { chinese: /(?<!镜像|历史|实例|SWR 的不同|SWR 的部分)版本/, reason: 'a tag is 镜像版本, a revision is 历史版本' },
  { chinese: /(?<!镜像|目标|源|企业|归档)仓库/, reason: 'a registry is 目标仓库 or 源仓库, a repository is 镜像仓库' },
  { chinese: /来源仓库|来源端/, reason: 'the pair of 目标仓库 and 目标端 is 源仓库 and 源端' },
  { chinese: /对端|另一端|目标处/, reason: 'the other side is 目标端' },
  { chinese: /(?<!通配符|浅色|深色)模式/, reason: 'alone it reads as "mode"; a pattern is 通配符模式' },
  { chinese: /运行/, reason: 'a run of a policy is 执行, its record 执行记录', except: /^instance\.status\./ },
  { chinese: /(?<!无)标签/, reason: 'a tag is 镜像版本' },
  { chinese: /发行版|实现/, reason: 'SWR differs by 版本: SWR 的不同版本' },
  { chinese: /老化执行/, reason: 'a run of retention, as a thing, is 老化任务' },
  {
    chinese: /(?<!已)归档中/,
    reason: 'is what happens to an image now; the place is 归档仓库',
    except: /\.(copy|state)\.copying$/,
  },
  { chinese: /集群清单|在用镜像/, reason: 'what a cluster runs is its 镜像清单' },
  { chinese: /另一名|单个管理员|单人/, reason: 'people are counted with 位; one user is 单个用户' },
  { chinese: /局部/, reason: 'a partial run is 部分执行' },
  { chinese: /变更日志/, reason: 'is a changelog; the audit log is 审计日志' },
  { chinese: /凭据/, reason: 'a credential is 凭证' },
  { chinese: /身份提供方/, reason: 'an identity provider is 身份提供商' },
  { chinese: /应答/, reason: 'a response is 响应' },
  { chinese: /(?<!运维)人员/, reason: 'people are 用户' },
  { chinese: /(?<!整)个(同步|老化|临时|推送|拉取)?策略/, reason: 'policies are counted with 条' },
  { chinese: /加密的授权/, reason: 'the message is encoded, not encrypted' },
  { chinese: /不健康/, reason: 'an unhealthy registry is 异常' },
  { chinese: /没有匹配内容|没有匹配的内容/, reason: 'no matches is 无匹配内容' },
  { chinese: /知道了/, reason: 'a notice is dismissed with 关闭' },
  { chinese: /您/, reason: 'the reader is 你, where the text needs one at all' },
  { chinese: /不认识/, reason: 'is for people; a value is 不支持' },
  { chinese: /扎堆/, reason: 'is colloquial; peak times are 高峰时段' },
  { chinese: /人人皆知/, reason: 'is literary; public accounts are 公开的' },
  { chinese: /有人启动/, reason: 'is translated; a run is started by 手动触发' },
  { chinese: /写入任何|没有写入/, reason: 'is translated; nothing was saved is 未保存任何修改' },
]
