import type {ReactNode} from 'react';

import type {Language} from '../api/client';
import {language, useLanguage} from './preferences';

type Said = string | ((...given: never[]) => ReactNode);
/** Chinese, then English: both say the same and take the same. */
type Pair = readonly [zh: Said, en: Said];
type Pairs = Record<string, Pair>;
export type Texts<D extends Pairs> = {readonly [K in keyof D]: D[K][0] extends string ? string : D[K][0] & D[K][1]};

/** A page's texts, both languages side by side. */
export class Dictionary<const D extends Pairs> {
    private readonly made = new Map<Language, Texts<D>>();

    constructor(readonly pairs: D) {}

    in(wanted: Language): Texts<D> {
        let texts = this.made.get(wanted);
        if (!texts) {
            texts = Object.fromEntries(Object.entries(this.pairs).map(([name, pair]) => [name, pair[wanted === 'en' ? 1 : 0]])) as Texts<D>;
            this.made.set(wanted, texts);
        }
        return texts;
    }

    now(): Texts<D> {
        return this.in(language());
    }
}

/** The texts in the reader's language; the component is drawn again when it changes. */
export function useTexts<D extends Pairs>(dictionary: Dictionary<D>): Texts<D> {
    return dictionary.in(useLanguage());
}
