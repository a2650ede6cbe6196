/** What a control holds and what the setting takes. A `key` is a file's text, a `password` one line. */
export type Kind = 'text' | 'whole' | 'decimal' | 'switch' | 'choice' | 'password' | 'key' | 'factors' | 'amounts';

export interface Field {
    name: string;
    kind: Kind;
    part: Part;
    /** Of a choice. */
    choices?: readonly string[];
    /** Whether the provider can confirm it, and a replaced one is accepted for a while. */
    verifies?: boolean;
}

export const PARTS = ['wechat', 'alipay', 'prices', 'address', 'changes'] as const;
export type Part = typeof PARTS[number];

/** Every setting that the pages show, by the page it stands on. */
export const FIELDS: readonly Field[] = [
    {name: 'WechatEnabled', kind: 'switch', part: 'wechat'},
    {name: 'WechatMchId', kind: 'text', part: 'wechat'},
    {name: 'WechatAppId', kind: 'text', part: 'wechat'},
    {name: 'WechatApiV2Key', kind: 'password', part: 'wechat', verifies: true},
    {name: 'WechatClientCertificate', kind: 'key', part: 'wechat'},
    {name: 'WechatSignType', kind: 'choice', part: 'wechat', choices: ['HMAC-SHA256', 'MD5']},
    {name: 'WechatMinTopUp', kind: 'whole', part: 'wechat'},
    {name: 'WechatGatewayUrl', kind: 'text', part: 'wechat'},
    {name: 'WechatBackupGatewayUrl', kind: 'text', part: 'wechat'},
    {name: 'AlipayEnabled', kind: 'switch', part: 'alipay'},
    {name: 'AlipayAppId', kind: 'text', part: 'alipay'},
    {name: 'AlipaySellerId', kind: 'text', part: 'alipay'},
    {name: 'AlipayPrivateKey', kind: 'key', part: 'alipay'},
    {name: 'AlipayPublicKey', kind: 'key', part: 'alipay', verifies: true},
    {name: 'AlipayMinTopUp', kind: 'whole', part: 'alipay'},
    {name: 'AlipayGatewayUrl', kind: 'text', part: 'alipay'},
    {name: 'Price', kind: 'decimal', part: 'prices'},
    {name: 'QuotaPerUnit', kind: 'whole', part: 'prices'},
    {name: 'QuotaDisplayType', kind: 'choice', part: 'prices', choices: ['USD', 'CNY', 'TOKENS']},
    {name: 'AmountOptions', kind: 'amounts', part: 'prices'},
    {name: 'AmountDiscount', kind: 'factors', part: 'prices'},
    {name: 'TopupGroupRatio', kind: 'factors', part: 'prices'},
    {name: 'UserDailyLimit', kind: 'decimal', part: 'prices'},
    {name: 'RefundApprovalAbove', kind: 'decimal', part: 'prices'},
    {name: 'OrderExpireMinutes', kind: 'whole', part: 'prices'},
    {name: 'LatePayment', kind: 'choice', part: 'prices', choices: ['credit', 'hold']},
    {name: 'ServerAddress', kind: 'text', part: 'address'},
    {name: 'MerchantName', kind: 'text', part: 'address'},
    {name: 'MerchantAddress', kind: 'text', part: 'address'},
    {name: 'TopUpSubject', kind: 'text', part: 'address'},
];

const BY_NAME = new Map(FIELDS.map(field => [field.name, field]));

export const fieldOf = (name: string): Field | undefined => BY_NAME.get(name);
export const isSecret = (field: Field): boolean => field.kind === 'password' || field.kind === 'key';
/** What the preview of prices depends on. */
export const OF_PRICES = new Set(['Price', 'QuotaPerUnit', 'QuotaDisplayType', 'AmountOptions', 'AmountDiscount', 'TopupGroupRatio',
    'WechatMinTopUp', 'AlipayMinTopUp']);
