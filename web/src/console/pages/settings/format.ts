import type {Texts} from '../../texts';
import type {Dictionary} from '../../texts';
import {plain} from './draft';
import type {LABELS, SETTINGS} from './dictionary';

type Of<D> = D extends Dictionary<infer T> ? Texts<T> : never;
type SettingsTexts = Of<typeof SETTINGS>;
type LabelTexts = Of<typeof LABELS>;

/** A setting's name for people; one that the pages do not know keeps its own. */
export function label(name: string, labels: LabelTexts): string {
    return name in labels ? labels[name as keyof LabelTexts] : name;
}

const CHOICES = new Set(['USD', 'CNY', 'TOKENS', 'credit', 'hold']);

/** A setting's value in one line. */
export function shownValue(value: unknown, texts: SettingsTexts): string {
    if (value === undefined || value === null || value === '') {
        return texts.byDefault;
    }
    if (typeof value === 'boolean') {
        return value ? texts.on : texts.off;
    }
    if (Array.isArray(value)) {
        return value.map(plain).join(', ') || texts.byDefault;
    }
    if (typeof value === 'object') {
        return Object.entries(value).map(([name, factor]) => `${name} × ${plain(factor)}`).join(', ') || texts.byDefault;
    }
    return typeof value === 'string' && CHOICES.has(value) ? texts[value as 'USD'] : plain(value);
}
