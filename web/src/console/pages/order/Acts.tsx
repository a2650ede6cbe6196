import {useState} from 'react';

import {Confirm} from '../../parts/Confirm';
import {COMMON} from '../../parts/dictionary';
import {Icon} from '../../parts/Icon';
import {useMethodName, type Status} from '../../parts/shown';
import {api} from '../../session';
import {useTexts} from '../../texts';
import {ORDER} from './dictionary';
import type {Created} from './model';
import {shownUnits} from './Story';

export type Act = 'check' | 'cancel';

/** What an operator can do with an order in this status; the server decides. */
export const possible = (status: Status | undefined): readonly Act[] => {
    switch (status) {
        case 'NEW': case 'AWAITING_PAYMENT': return ['check', 'cancel'];
        case 'PAID': case 'HELD': case 'CLOSED': return ['check'];
        default: return [];
    }
};

/** The acts on an order, each after a question. */
export function Acts({order, created, status, done}: {order: string; created: Created; status: Status | undefined; done: (act: Act) => void}) {
    const texts = useTexts(ORDER);
    const common = useTexts(COMMON);
    const method = useMethodName()(created.data.provider);
    const [asked, setAsked] = useState<Act | null>(null);
    const acts = possible(status);
    const money = shownUnits(created.data.money);
    const close = () => setAsked(null);
    const run = (act: Act) => async (reason: string, key: string) => {
        await api.post(act === 'check' ? '/api/topup/{orderId}/check' : '/api/topup/{orderId}/cancel', {path: {orderId: order}, headers: {'Idempotency-Key': key}, body: {reason}});
        done(act);
    };
    return <>
        {acts.includes('check') ? <button type="button" className="btn line" onClick={() => setAsked('check')}><Icon name="again" size={16}/>{texts.check}</button> : null}
        {acts.includes('cancel') ? <button type="button" className="btn line" onClick={() => setAsked('cancel')}><Icon name="stop" size={16}/>{texts.cancel}</button> : null}
        {asked === 'check' ? <Confirm title={texts.checkTitle(method) as string} act={texts.check} note={texts.checkNote} run={run('check')} close={close}/> : null}
        {asked === 'cancel' && status ? <Confirm title={texts.cancelTitle} danger act={texts.cancelAct(money) as string} after={texts.afterCancel} note={texts.cancelNote} changes={[
            {what: texts.statusRow, now: common[status], then: common.CLOSED},
            {what: money, now: texts.payable, then: texts.nothing},
        ]} run={run('cancel')} close={close}/> : null}
    </>;
}
