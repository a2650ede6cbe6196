import {useEffect, useState} from 'react';

import type {Data, Language} from '../../../api/client';
import {useLanguage} from '../../preferences';
import {api} from '../../session';

export type Check = Data<'/api/option/doctor', 'post'>[number];
export type Verdict = Check['verdict'];

/** A run asks both providers, so one is good for this long. */
const GOOD_FOR_MS = 5 * 60_000;
let last: {at: number; language: Language; checks: Promise<readonly Check[]>} | null = null;

/** What the doctor found lately; `null` while it is asked, `failed` when it did not answer. Administrators alone may ask. */
export function useDoctor(may: boolean): readonly Check[] | 'failed' | null {
    const [found, setFound] = useState<readonly Check[] | 'failed' | null>(null);
    const language = useLanguage();
    useEffect(() => {
        let left = false;
        if (may) {
            if (last === null || last.language !== language || Date.now() - last.at > GOOD_FOR_MS) {
                last = {at: Date.now(), language, checks: api.post('/api/option/doctor')};
            }
            const mine = last;
            mine.checks.then(checks => left || setFound(checks), () => {
                if (last === mine) {
                    last = null;
                }
                if (!left) {
                    setFound('failed');
                }
            });
        }
        return () => {
            left = true;
        };
    }, [may, language]);
    return found;
}

const WORST: readonly Verdict[] = ['FAILED', 'WARNING', 'OK', 'SKIPPED'];

/** The worst verdict of these checks; a check that was skipped says nothing beside others. */
export function worst(checks: readonly Check[], names: (check: string) => boolean): Verdict {
    const verdicts = checks.filter(check => names(check.check)).map(check => check.verdict);
    return WORST.find(verdict => verdicts.includes(verdict)) ?? 'SKIPPED';
}
