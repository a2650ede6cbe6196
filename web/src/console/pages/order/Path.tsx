import {grouped, shownFen} from '../../money';
import {Time} from '../../parts/shown';
import {useLanguage} from '../../preferences';
import {useTexts} from '../../texts';
import {lasting} from '../../time';
import {ORDER} from './dictionary';
import {path, type Entry, type Step} from './model';
import {shownUnits} from './Story';

const COLOURS: Record<Step['kind'], string> = {placed: '', paid: '', held: 'warn', credited: 'ok', toRefund: 'warn', refunded: '', closed: 'mute'};

/** The money's path: amounts at the nodes, how long it took between them. */
export function Path({entries}: {entries: readonly Entry[]}) {
    const texts = useTexts(ORDER);
    const language = useLanguage();
    const steps = path(entries);
    return <ol className="flow card" aria-label={texts.path}>{steps.map((step, at) => {
        const next = steps[at + 1];
        return <li key={at}>
            <i className={`n ${COLOURS[step.kind]}`}/>
            {next ? <i className="ln"><em>{lasting(Date.parse(next.at) - Date.parse(step.at), language)}</em></i> : null}
            <span>{texts[step.kind]}</span>
            <b className={step.kind === 'held' ? 'warnc' : ''}>{amount(step)}</b>
            <span><Time at={step.at} as="clock"/></span>
        </li>;
    })}</ol>;
}

function amount(step: Step): string {
    if (step.off !== undefined && step.off !== 0) {
        return `${step.off > 0 ? '+' : ''}${shownFen(step.off)}`;
    }
    return step.quota !== undefined ? grouped(String(step.quota)) : step.money ? shownUnits(step.money) : ' ';
}
