import {Link} from 'wouter';

import {Icon} from '../../parts/Icon';
import {Chip, Time} from '../../parts/shown';
import {may, ROUTES} from '../../routes';
import {useSession} from '../../session';
import {useTexts} from '../../texts';
import {ALERTS} from './dictionary';
import {PARAGRAPHS, PLACES, TITLES, type AlertName} from './runbook';

const isKnown = (name: string): name is AlertName => Object.hasOwn(PARAGRAPHS.in('en'), name);

export interface FiringAlert {
    name: string;
    severity: string;
    since: string | null;
    summary: string;
    remedy: string;
}

/** An alert that fires: what holds, what to do, and where. The manual's paragraph is folded. */
export function Firing({name, severity, since, summary, remedy}: FiringAlert) {
    const texts = useTexts(ALERTS);
    const titles = useTexts(TITLES);
    const paragraphs = useTexts(PARAGRAPHS);
    const known = isKnown(name) ? name : null;
    const critical = severity === 'critical';
    const place = usePlace(known);
    return <li>
        <span className={`ic ${critical ? 'bad' : 'warn'}`}><Icon name="warn"/></span>
        <div className="tx">
            <div className="al-head"><h3>{known ? titles[known] : name}</h3><Chip kind={critical ? 'bad' : 'warn'}>{critical ? texts.critical : texts.warning}</Chip></div>
            <p>{summary}{since === null ? null : <span className="t3"> · {texts.since} <Time at={since}/></span>}</p>
            <p className="al-text">{remedy}</p>
            {known ? <details className="ev"><summary><span>{texts.manual}<span className="vh">: {titles[known]}</span></span><Icon name="down" size={16}/></summary><p className="al-text">{paragraphs[known]}</p></details> : null}
        </div>
        {place ? <Link className="btn line sm" href={place}>{texts.toAct}</Link> : null}
    </li>;
}

/**
 * An alert that does not fire, or that the server cannot judge: folded.
 *
 * @param state what is known of it, in a few characters
 */
export function Quiet({name, state}: {name: string; state: string}) {
    const titles = useTexts(TITLES);
    const paragraphs = useTexts(PARAGRAPHS);
    const known = isKnown(name) ? name : null;
    return <li><details>
        <summary><span>{known ? titles[known] : name}</span><span className="t3 sm-t">{state}</span><Icon name="down" size={16}/></summary>
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
