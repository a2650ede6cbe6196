import {FIELDS, fieldOf, isSecret, type Field} from './fields';

/** A factor by name, as it is typed. */
export interface Row {
    name: string;
    factor: string;
}

/** What a control holds. */
export type Input = string | boolean | readonly Row[];
/** The settings as the server shows them: keys masked. */
export type Saved = Readonly<Record<string, unknown>>;
/** What was typed and is not saved, by the setting's name. */
export type Draft = Readonly<Record<string, Input>>;

/** What cannot be sent: two factors of one name, or a number with more digits than a browser keeps. */
export type LocalFault = 'twice' | 'tooFine';

const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** What the control holds before anything is typed; of a key nothing. */
export function inputOf(field: Field, saved: Saved): Input {
    const value = saved[field.name];
    switch (field.kind) {
        case 'switch': return value !== false;
        case 'factors': return Object.entries((value ?? {}) as Record<string, unknown>).map(([name, factor]) => ({name, factor: plain(factor)}));
        case 'amounts': return Array.isArray(value) ? value.map(plain).join(', ') : '';
        case 'password':
        case 'key': return '';
        case 'text':
        case 'choice':
        case 'whole':
        case 'decimal': return value === undefined || value === null ? '' : plain(value);
    }
}

/** The fields that differ from what is saved. A key differs when anything was typed. */
export function changed(draft: Draft, saved: Saved): Field[] {
    return FIELDS.filter(field => {
        const input = draft[field.name];
        return input !== undefined && (isSecret(field) ? input !== '' : JSON.stringify(value(field, input)) !== JSON.stringify(value(field, inputOf(field, saved))));
    });
}

/** The body of the change: what differs, and nothing else. Empty text takes a setting back to its default; a key is never sent empty. */
export function body(draft: Draft, saved: Saved): Record<string, unknown> {
    return Object.fromEntries(changed(draft, saved).map(field => [field.name, value(field, draft[field.name]!)]));
}

/** The setting's value as JSON. What is no number stays text: the server says what is wrong with it. */
export function value(field: Field, input: Input): unknown {
    if (typeof input === 'boolean') {
        return input;
    }
    if (typeof input !== 'string') {
        const rows = input.filter(row => row.name.trim() !== '' || row.factor.trim() !== '');
        return rows.length === 0 ? null : Object.fromEntries(rows.map(row => [row.name.trim(), numeric(row.factor)]));
    }
    if (isSecret(field)) {
        return input;
    }
    const text = input.trim();
    if (text === '') {
        return null;
    }
    switch (field.kind) {
        case 'whole':
        case 'decimal': return numeric(text);
        case 'amounts': return text.split(/[\s,，、;；]+/).filter(part => part !== '').map(numeric);
        default: return text;
    }
}

function numeric(text: string): unknown {
    const trimmed = text.trim();
    return NUMBER.test(trimmed) ? Number(trimmed) : trimmed;
}

/** What is typed, without the rows of which only a part is there yet. */
export function whole(draft: Draft): Draft {
    return Object.fromEntries(Object.entries(draft).map(([name, input]) => [name, typeof input === 'object'
        ? input.filter(row => row.name.trim() !== '' && row.factor.trim() !== '') : input]));
}

/** What cannot be sent as it was typed, by the setting's name. */
export function localFaults(draft: Draft, saved: Saved): Record<string, LocalFault> {
    const faults: Record<string, LocalFault> = {};
    for (const field of changed(draft, saved)) {
        const input = draft[field.name]!;
        const rows = typeof input === 'object' ? input : [];
        const names = rows.map(row => row.name.trim()).filter(name => name !== '');
        const numbers = typeof input === 'object' ? rows.map(row => row.factor) : field.kind === 'whole' || field.kind === 'decimal' ? [String(input)] : [];
        if (new Set(names).size < names.length) {
            faults[field.name] = 'twice';
        } else if (numbers.some(isTooFine)) {
            faults[field.name] = 'tooFine';
        }
    }
    return faults;
}

/** Whether a browser would send another number than the one that was typed. */
function isTooFine(text: string): boolean {
    const trimmed = text.trim();
    return NUMBER.test(trimmed) && normal(trimmed) !== normal(plain(Number(trimmed)));
}

function normal(number: string): string {
    const [whole = '', fraction = ''] = number.replace('+', '').split('.');
    return `${whole.replace(/^(-?)0+(?=\d)/, '$1')}.${fraction.replace(/0+$/, '')}`;
}

/** A number without an exponent. */
export function plain(value: unknown): string {
    if (typeof value !== 'number' || !String(value).includes('e')) {
        return String(value);
    }
    return Math.abs(value) >= 1 ? BigInt(value).toString() : value.toFixed(20).replace(/0+$/, '');
}

/** Whether the provider has confirmed a key for the account of today, which `proven_by` names: `WechatAppId=wx1 WechatMchId=16`. */
export function isProven(provenBy: string | undefined, saved: Saved): boolean {
    return provenBy !== undefined && provenBy !== '' && provenBy.split(' ').every(part => {
        const at = part.indexOf('=');
        return String(saved[part.slice(0, at)] ?? '') === part.slice(at + 1);
    });
}

/** The address that a provider calls; nothing without a public address. */
export function notifyAddress(saved: Saved, provider: string): string | null {
    const base = saved.ServerAddress;
    return typeof base === 'string' && base !== '' ? `${base.replace(/\/$/, '')}/api/${provider}/notify` : null;
}

/** The names of the parts that have something unsaved. */
export const partsOf = (names: readonly string[]): Set<string> => new Set(names.flatMap(name => fieldOf(name)?.part ?? []));

/** A fault as the server reports it: of a setting, or of a live check. */
export interface Fault {
    name?: string;
    check?: string;
    code: string;
    message: string;
}

const OF_CODES: Record<string, string> = {
    WECHAT_SIGNATURE_REFUSED: 'WechatApiV2Key', WECHAT_ANSWER_NOT_VERIFIED: 'WechatSignType',
    ALIPAY_SIGNATURE_REFUSED: 'AlipayPrivateKey', ALIPAY_ANSWER_NOT_VERIFIED: 'AlipayPublicKey',
};

/** The setting at whose field a fault is shown; nothing when it is about no single one. */
export function settingOf(fault: Fault): string | null {
    if (fault.name !== undefined) {
        return fault.name;
    }
    const check = fault.check ?? '';
    return OF_CODES[fault.code] ?? (check === 'SERVER_ADDRESS' || check.endsWith('_NOTICES') ? 'ServerAddress' : null);
}

/** The texts of faults by the setting that they are shown at; one that has several has them all. */
export function textsByField(faults: readonly Fault[]): Record<string, string> {
    const texts: Record<string, string> = {};
    for (const fault of faults) {
        const name = settingOf(fault);
        if (name !== null) {
            texts[name] = texts[name] === undefined ? fault.message : `${texts[name]}\n${fault.message}`;
        }
    }
    return texts;
}
