import {Link} from 'wouter';

import {Box} from '../../parts/Page';
import {api} from '../../session';
import {useTexts} from '../../texts';
import {SLOW_MS} from './Attention';
import {HOME} from './dictionary';
import {waiting, type Figures} from './figures';
import type {Alerts} from './load';
import {worst, type Check, type Verdict} from './useDoctor';

const COLOURS: Record<Verdict, string> = {OK: '', WARNING: 'warn', FAILED: 'bad', SKIPPED: 'none'};

const STATES: Record<Alerts['parts'][number]['state'], string> = {UP: '', LIMITED: 'warn', DOWN: 'bad', UNKNOWN: 'none'};
const PARTS: Record<string, 'database' | 'log' | 'disk' | 'settings' | 'viewOrders' | 'viewTimeline' | 'codes' | 'wechat' | 'alipay'> = {
    database: 'database', log: 'log', disk: 'disk', settings: 'settings', view_orders: 'viewOrders', view_timeline: 'viewTimeline', codes: 'codes', wechat: 'wechat', alipay: 'alipay'};
const isMethod = (part: string): boolean => part === 'wechat' || part === 'alipay';

/** How each part is: credits by the figures, the server's parts as it says, providers and addresses by the doctor, where the caller may ask it. */
export function Health({figures, parts, checks, doctor}: {figures: Figures; parts: Alerts['parts']; checks: readonly Check[] | 'failed' | null; doctor: boolean}) {
    const texts = useTexts(HOME);
    const paid = waiting(figures, 'PAID');
    const slow = paid.oldest !== null && api.now() - Date.parse(paid.oldest) > SLOW_MS;
    return <Box title={texts.health} beside={doctor ? <Link className="link" href="/doctor">{texts.doctor}</Link> : null}>
        <ul className="hl">
            {parts.length === 0 ? <Row name={texts.api} colour="" said={texts.fine}/> : null}
            <Row name={texts.credits} colour={slow ? 'bad' : ''} said={paid.orders === 0 ? texts.noBacklog : texts.backlog(paid.orders) as string}/>
            {parts.filter(part => !doctor || !isMethod(part.name)).map(part =>
                <Row key={part.name} name={part.name in PARTS ? texts[PARTS[part.name]!] : part.name} colour={STATES[part.state]} said={part.state === 'UP' ? texts.fine : part.text}/>)}
            {doctor ? <Examined checks={checks}/> : null}
        </ul>
    </Box>;
}

function Examined({checks}: {checks: readonly Check[] | 'failed' | null}) {
    const texts = useTexts(HOME);
    const rows: readonly [name: string, of: (check: string) => boolean][] = [
        [texts.wechat, check => check.startsWith('WECHAT_') && !check.endsWith('_NOTICES')],
        [texts.alipay, check => check.startsWith('ALIPAY_') && !check.endsWith('_NOTICES')],
        [texts.notices, check => check.endsWith('_NOTICES') || check === 'SERVER_ADDRESS'],
    ];
    return <>{rows.map(([name, of]) => {
        if (checks === null || checks === 'failed') {
            return <Row key={name} name={name} colour="none" said={checks === null ? texts.checking : texts.notChecked}/>;
        }
        const verdict = worst(checks, of);
        return <Row key={name} name={name} colour={COLOURS[verdict]} said={texts[verdict]}/>;
    })}</>;
}

function Row({name, colour, said}: {name: string; colour: string; said: string}) {
    return <li><i className={`led ${colour}`}/><span>{name}</span><span className={colour === 'bad' ? 'badc' : ''}>{said}</span></li>;
}
