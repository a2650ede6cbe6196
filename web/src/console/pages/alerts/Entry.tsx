import type {ReactNode} from 'react';
import {Link} from 'wouter';

import {Icon} from '../../parts/Icon';
import {Chip} from '../../parts/shown';
import {may, ROUTES} from '../../routes';
import {useSession} from '../../session';
import {useTexts} from '../../texts';
import {ALERTS} from './dictionary';
import {CRITICAL, PARAGRAPHS, PLACES, TITLES, type AlertName} from './runbook';

const isKnown = (name: string): name is AlertName => Object.hasOwn(PARAGRAPHS.in('en'), name);

/** An alert that fires: what it is, what to do, and where. */
export function Firing({name, found}: {name: string; found?: ReactNode}) {
    const texts = useTexts(ALERTS);
    const titles = useTexts(TITLES);
    const paragraphs = useTexts(PARAGRAPHS);
    const known = isKnown(name) ? name : null;
    const critical = CRITICAL.has(name);
    const place = usePlace(known);
    return <li>
        <span className={`ic ${critical ? 'bad' : 'warn'}`}><Icon name="warn"/></span>
        <div className="tx">
            <div className="al-head"><h3>{known ? titles[known] : name}</h3><Chip kind={critical ? 'bad' : 'warn'}>{critical ? texts.critical : texts.warning}</Chip></div>
            {found ? <p>{found}</p> : null}
            {known ? <p className="al-text">{paragraphs[known]}</p> : null}
        </div>
        {place ? <Link className="btn line sm" href={place}>{texts.toAct}</Link> : null}
    </li>;
}

/** An alert that does not fire, or that the server cannot judge: folded. */
export function Quiet({name}: {name: string}) {
    const texts = useTexts(ALERTS);
    const titles = useTexts(TITLES);
    const paragraphs = useTexts(PARAGRAPHS);
    const known = isKnown(name) ? name : null;
    return <li><details>
        <summary><span>{known ? titles[known] : name}</span><span className="t3 sm-t">{CRITICAL.has(name) ? texts.critical : texts.warning}</span><Icon name="down" size={16}/></summary>
        {known ? <p className="al-text">{paragraphs[known]}</p> : null}
    </details></li>;
}

/** Where the alert is acted on, for a reader who may. */
function usePlace(name: AlertName | null): string | null {
    const session = useSession();
    const place = name ? PLACES[name] : undefined;
    const route = ROUTES.find(each => each.path !== '/' && place?.startsWith(each.path.replace('/:part?', '')));
    return place && route && session.state === 'in' && may(session.self.roles, route) ? place : null;
}
